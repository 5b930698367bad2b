import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../api/hooks.ts";
import { problemOf } from "../api/problem.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";

interface DeleteLogGroupsDialogProps {
  readonly names: readonly string[];
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Deletes log groups with all their lines, after a typed confirmation. */
export function DeleteLogGroupsDialog({ names, onClose, onDeleted }: DeleteLogGroupsDialogProps) {
  const flash = useFlash();
  const cache = useQueryClient();
  const what = names.length === 1 ? `the log group ${names[0]}` : `${names.length} log groups`;
  const remove = async (): Promise<void> => {
    const results = await Promise.allSettled(names.map((logGroupName) => send("logs", "DeleteLogGroup", { logGroupName })));
    await cache.invalidateQueries({ queryKey: keyOf("logs") });
    const failed = results.flatMap((result, index) =>
      result.status === "rejected" ? [{ name: names[index] ?? "", error: result.reason as unknown }] : [],
    );
    const [first] = failed;
    if (first && names.length === 1) throw first.error;
    if (first) {
      const failures = failed.map(({ name, error }) => ({ name, problem: problemOf(error) }));
      flash.failures(
        "log-group",
        `${failed.length} of ${names.length} log groups ${failed.length === 1 ? "was" : "were"} not deleted`,
        failures,
      );
    } else flash.success("log-group", `Deleted ${what}.`);
    onDeleted?.();
  };
  return (
    <ConfirmDialog title={`Delete ${what}?`} typed="confirm" action="Delete" onConfirm={remove} onClose={onClose}>
      All lines in {names.length === 1 ? "it" : "them"} are gone for good. A function makes its group anew when it next runs.
    </ConfirmDialog>
  );
}
