import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../../api/hooks.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { changeEventInvokeConfig, conditionTexts, shortNameOf, type Destination } from "./event-invoke-config.ts";

interface RemoveDestinationDialogProps {
  readonly destination: Destination;
  readonly onClose: () => void;
}

/** Removes a destination after a confirmation. */
export function RemoveDestinationDialog({ destination: { condition, arn }, onClose }: RemoveDestinationDialogProps) {
  const { functionName, qualifier } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await changeEventInvokeConfig(functionName, qualifier, true, { DestinationConfig: { [condition]: {} } });
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListFunctionEventInvokeConfigs") });
    flash.success("destination", `Events of ${functionName} do not go to ${shortNameOf(arn)} any more.`);
  };
  return (
    <ConfirmDialog title={`Remove the destination ${shortNameOf(arn)}?`} action="Remove" onConfirm={remove} onClose={onClose}>
      Nothing is told of what ends from now on: {conditionTexts[condition].toLowerCase()}. The permission stays with the execution role.
    </ConfirmDialog>
  );
}
