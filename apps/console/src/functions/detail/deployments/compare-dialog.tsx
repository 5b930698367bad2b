import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import type { FunctionDeployment, FunctionFile } from "@mayfly/wire/mayfly";
import { useState } from "react";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { formatTime } from "../../../shared/format.ts";
import { Loaded } from "../../../shared/loaded.tsx";
import { TextDifference } from "../code/text-difference.tsx";

interface CompareDialogProps {
  readonly functionName: string;
  readonly deployment: FunctionDeployment;
  readonly onClose: () => void;
}

/** An earlier deployment beside what runs now, file by file. */
export function CompareDialog({ functionName, deployment, onClose }: CompareDialogProps) {
  const [chosen, setChosen] = useState<string>();
  const paths = useQuery({
    queryKey: ["compared-paths", functionName, deployment.CodeSha256],
    queryFn: () => comparedPaths(functionName, deployment.CodeSha256),
  });
  return (
    <Modal
      visible
      size="max"
      header={`Deployment of ${formatTime(deployment.DeployedAt)} and what runs now`}
      closeAriaLabel="Close"
      onDismiss={onClose}
    >
      <Loaded query={paths}>
        {(all) => {
          const path = chosen ?? all[0];
          if (path === undefined) return <Box>Both hold no files.</Box>;
          return (
            <SpaceBetween size="s">
              <Select
                key="file"
                ariaLabel="File"
                filteringType="auto"
                selectedOption={{ value: path, label: path }}
                options={all.map((value) => ({ value, label: value }))}
                onChange={({ detail }) => setChosen(detail.selectedOption.value)}
              />
              <TextDifference
                key={path}
                path={path}
                before={() => textOf(functionName, path, deployment.CodeSha256)}
                after={() => textOf(functionName, path, undefined)}
              />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </Modal>
  );
}

/** Files of either package; those whose size or presence differ come first. */
async function comparedPaths(functionName: string, CodeSha256: string): Promise<string[]> {
  const [before, after] = await Promise.all([
    send("mayfly", "ListFunctionFiles", { FunctionName: functionName, CodeSha256 }),
    send("mayfly", "ListFunctionFiles", { FunctionName: functionName }),
  ]);
  const sizes = (files: readonly FunctionFile[]): Map<string, number> =>
    new Map(files.filter(({ Type }) => Type === "file").map(({ Path, Size }) => [Path, Size]));
  const [old, now] = [sizes(before.Files), sizes(after.Files)];
  const differs = (path: string): boolean => old.get(path) !== now.get(path);
  return [...new Set([...old.keys(), ...now.keys()])].sort((a, b) => Number(differs(b)) - Number(differs(a)) || a.localeCompare(b));
}

async function textOf(FunctionName: string, Path: string, CodeSha256: string | undefined): Promise<string> {
  try {
    const { Content } = await send("mayfly", "GetFunctionFile", { FunctionName, Path, ...(CodeSha256 && { CodeSha256 }) });
    return new TextDecoder().decode(Content);
  } catch (error) {
    if (problemOf(error).kind === "not-found") return "";
    throw error;
  }
}
