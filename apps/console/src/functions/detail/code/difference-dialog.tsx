import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { send } from "../../../api/send.ts";
import type { CodeSession } from "./code-session.ts";
import { TextDifference } from "./text-difference.tsx";
import { readBytes } from "./models.ts";

interface DifferenceDialogProps {
  readonly session: CodeSession;
  readonly onDeploy: () => void;
  readonly onClose: () => void;
}

/** What a deploy would change, file by file, beside what runs now. */
export function DifferenceDialog({ session, onDeploy, onClose }: DifferenceDialogProps) {
  const changed = useMemo(() => {
    session.flush();
    return session.view.workspace.changes().filter(({ Type }) => Type !== "directory");
  }, [session]);
  const [path, setPath] = useState(changed[0]?.Path);
  const chosen = changed.find(({ Path }) => Path === path);
  const label = ({ Path, Type }: { readonly Path: string; readonly Type: string }): string =>
    Type === "delete" ? `${Path} (deleted)` : Path;
  return (
    <Modal
      visible
      size="max"
      header="Undeployed changes"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="close" variant="link" onClick={onClose}>
              Close
            </Button>
            <Button
              key="deploy"
              variant="primary"
              disabled={changed.length === 0 || session.view.conflict !== undefined}
              disabledReason={session.view.conflict ? "Choose first whose changes to keep" : "Nothing was changed since the last deploy"}
              onClick={() => {
                onClose();
                onDeploy();
              }}
            >
              Deploy
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {chosen === undefined ? (
        <Box>Nothing was changed since the last deploy.</Box>
      ) : (
        <SpaceBetween size="s">
          <Select
            key="file"
            ariaLabel="Changed file"
            selectedOption={{ value: chosen.Path, label: label(chosen) }}
            options={changed.map((change) => ({ value: change.Path, label: label(change) }))}
            onChange={({ detail }) => setPath(detail.selectedOption.value)}
          />
          <TextDifference
            key={chosen.Path}
            path={chosen.Path}
            before={() => deployedText(session.functionName, chosen.Path)}
            after={async () => (chosen.Type === "delete" ? "" : new TextDecoder().decode(await readBytes(session, chosen.Path)))}
          />
        </SpaceBetween>
      )}
    </Modal>
  );
}

/** What the file holds that runs now; empty if there is none. */
async function deployedText(functionName: string, path: string): Promise<string> {
  try {
    const { Content } = await send("mayfly", "GetFunctionFile", { FunctionName: functionName, Path: path });
    return new TextDecoder().decode(Content);
  } catch {
    return "";
  }
}
