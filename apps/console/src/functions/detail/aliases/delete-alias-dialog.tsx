import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";

interface DeleteAliasDialogProps {
  readonly name: string;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

/** Deletes an alias after a confirmation. */
export function DeleteAliasDialog({ name, onClose, onDeleted }: DeleteAliasDialogProps) {
  const { functionName } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("lambda", "DeleteAlias", { FunctionName: functionName, Name: name });
    onDeleted?.();
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListAliases") });
    flash.success("alias", `Deleted the alias ${name} of the function ${functionName}.`);
  };
  return (
    <ConfirmDialog title={`Delete the alias ${name}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      Whoever calls the function as {name} is refused from now on. Its policy and its settings for asynchronous invocation go with it; the
      versions that it leads to stay.
    </ConfirmDialog>
  );
}
