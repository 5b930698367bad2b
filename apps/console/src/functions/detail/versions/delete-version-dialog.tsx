import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";

interface DeleteVersionDialogProps {
  readonly version: string;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Deletes a published version after a confirmation. */
export function DeleteVersionDialog({ version, onClose, onDeleted }: DeleteVersionDialogProps) {
  const { functionName } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("lambda", "DeleteFunction", { FunctionName: functionName, Qualifier: version });
    onDeleted?.();
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListVersionsByFunction") });
    flash.success("version", `Deleted version ${version} of the function ${functionName}.`);
  };
  return (
    <ConfirmDialog title={`Delete version ${version}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      Deleting can&apos;t be undone. Its code, its policy and its settings for asynchronous invocation go with it; calls to version{" "}
      {version} fail from now on. $LATEST and the other versions stay.
    </ConfirmDialog>
  );
}
