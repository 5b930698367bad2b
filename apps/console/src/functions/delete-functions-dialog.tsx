import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../api/hooks.ts";
import { problemOf } from "../api/problem.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
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
    const results = await Promise.allSettled(functionNames.map((name) => deleteOne(name, logsToo)));
    for (const [index, name] of functionNames.entries())
      if (results[index]?.status === "fulfilled") cache.removeQueries({ queryKey: codeSessionKey(name) });
    await Promise.all([cache.invalidateQueries({ queryKey: keyOf("lambda") }), cache.invalidateQueries({ queryKey: keyOf("logs") })]);
    const failed = results.flatMap((result, index) =>
      result.status === "rejected" ? [{ name: functionNames[index], error: result.reason as unknown }] : [],
    );
    const first = failed[0];
    if (first && failed.length === functionNames.length) throw first.error;
    if (first) {
      flash.error(
        "delete-functions",
        `${failed.length} of ${functionNames.length} functions were not deleted: ${failed.map(({ name }) => name).join(", ")}`,
        problemOf(first.error),
      );
    } else {
      flash.success("delete-functions", `Deleted ${what}${logsToo ? " with what was logged" : ""}.`);
      onDeleted?.();
    }
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

async function deleteOne(functionName: string, logsToo: boolean): Promise<void> {
  const logGroupName = logsToo ? await logGroupOf(functionName) : undefined;
  await send("lambda", "DeleteFunction", { FunctionName: functionName });
  if (logGroupName === undefined) return;
  await send("logs", "DeleteLogGroup", { logGroupName }).catch((error: unknown) => {
    // A function that never ran has none.
    if (problemOf(error).kind !== "not-found") throw error;
  });
}

async function logGroupOf(functionName: string): Promise<string> {
  const { LoggingConfig } = await send("lambda", "GetFunctionConfiguration", { FunctionName: functionName });
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
}
