import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../api/hooks.ts";
import { problemOf } from "../api/problem.ts";
import { send } from "../api/send.ts";
import { useFlash, type Failure } from "../app/flash.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { codeSessionKey } from "./detail/code/code-session-key.ts";

interface DeleteFunctionsDialogProps {
  readonly functionNames: readonly string[];
  readonly onClose: () => void;
  /** After all were deleted. */
  readonly onDeleted?: () => void;
}

/** Deletes functions after a typed confirmation, and on request what they leave behind: their log groups. */
export function DeleteFunctionsDialog({ functionNames, onClose, onDeleted }: DeleteFunctionsDialogProps) {
  const [logsToo, setLogsToo] = useState(false);
  const flash = useFlash();
  const cache = useQueryClient();
  const what = functionNames.length === 1 ? `function ${functionNames[0]}` : `${functionNames.length} functions`;
  const remove = async (): Promise<void> => {
    const results = await Promise.all(functionNames.map((name) => deleteOne(name, logsToo)));
    const left = results.filter(({ isDeleted }) => !isDeleted);
    for (const { functionName, isDeleted } of results) if (isDeleted) cache.removeQueries({ queryKey: codeSessionKey(functionName) });
    await Promise.all([cache.invalidateQueries({ queryKey: keyOf("lambda") }), cache.invalidateQueries({ queryKey: keyOf("logs") })]);
    const failures = results.flatMap(({ failure }) => (failure ? [failure] : []));
    if (left.length > 0 && functionNames.length === 1) throw left[0]?.error;
    if (failures.length > 0) flash.failures("delete-functions", headerOf(left.length, functionNames.length), failures);
    else flash.success("delete-functions", `Deleted ${what}${logsToo ? " with what was logged" : ""}.`);
    if (left.length === 0) onDeleted?.();
  };
  return (
    <ConfirmDialog title={`Delete ${what}?`} typed="confirm" action="Delete" onConfirm={remove} onClose={onClose}>
      <SpaceBetween size="s">
        <Box key="consequence">
          Deleting can't be undone. Code, drafts, earlier deployments and settings are removed; calls to{" "}
          {functionNames.length === 1 ? "it" : "them"} fail from now on. Roles stay.
        </Box>
        {functionNames.length > 1 && (
          <ul key="names">
            {functionNames.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
        <Checkbox key="logs" checked={logsToo} onChange={({ detail }) => setLogsToo(detail.checked)}>
          Delete the log {functionNames.length === 1 ? "group" : "groups"} too
        </Checkbox>
      </SpaceBetween>
    </ConfirmDialog>
  );
}

function headerOf(left: number, all: number): string {
  if (left === 0)
    return all === 1 ? "The function was deleted; its log group was not" : "The functions were deleted; not all log groups were";
  return `${left} of ${all} functions ${left === 1 ? "was" : "were"} not deleted`;
}

/** What became of one function. */
interface Deletion {
  readonly functionName: string;
  readonly isDeleted: boolean;
  readonly error?: unknown;
  readonly failure?: Failure;
}

async function deleteOne(functionName: string, logsToo: boolean): Promise<Deletion> {
  let logGroupName: string | undefined;
  try {
    logGroupName = logsToo ? await logGroupOf(functionName) : undefined;
    await send("lambda", "DeleteFunction", { FunctionName: functionName });
  } catch (error) {
    return { functionName, isDeleted: false, error, failure: { name: functionName, problem: problemOf(error) } };
  }
  try {
    if (logGroupName !== undefined) await send("logs", "DeleteLogGroup", { logGroupName });
  } catch (error) {
    const problem = problemOf(error);
    // A function that never ran has none.
    if (problem.kind !== "not-found")
      return {
        functionName,
        isDeleted: true,
        failure: { name: logGroupName ?? "", problem, done: [`deleted the function ${functionName}`] },
      };
  }
  return { functionName, isDeleted: true };
}

async function logGroupOf(functionName: string): Promise<string> {
  const { LoggingConfig } = await send("lambda", "GetFunctionConfiguration", { FunctionName: functionName });
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
}
