import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useDraft } from "../../../shared/use-draft.ts";
import { useCurrentFunction } from "../function-context.ts";
import { TriggerFields } from "./trigger-fields.tsx";
import { cliOptionsOf, draftOf, editOf, problemsOf, sourceNameOf } from "./trigger.ts";

interface TriggerDialogProps {
  readonly mapping: EventSourceMappingConfiguration;
  readonly onClose: () => void;
}

/** Changes a trigger's settings. */
export function EditTriggerDialog({ mapping, onClose }: TriggerDialogProps) {
  const [draft, change] = useDraft(() => draftOf(mapping));
  const [isShown, setShown] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const problems = problemsOf(draft);
  const UUID = mapping.UUID ?? "";
  const edit = editOf(draft, mapping);
  const save = async (): Promise<void> => {
    await send("lambda", "UpdateEventSourceMapping", { UUID, ...edit });
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListEventSourceMappings") });
    flash.success("trigger", `Successfully updated the trigger ${sourceNameOf(draft.sourceArn)}.`);
  };
  return (
    <FormDialog
      title={`Edit trigger ${sourceNameOf(draft.sourceArn)}`}
      action="Save"
      size="large"
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      submit={save}
      commands={[cliCommand("lambda", "update-event-source-mapping", { uuid: UUID, ...cliOptionsOf(edit) })]}
      onClose={onClose}
    >
      <TriggerFields draft={draft} problems={isShown ? problems : {}} onChange={change} />
    </FormDialog>
  );
}

/** Deletes a trigger after a confirmation. */
export function DeleteTriggerDialog({ mapping, onClose }: TriggerDialogProps) {
  const { functionName } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const name = sourceNameOf(mapping.EventSourceArn ?? "");
  const remove = async (): Promise<void> => {
    await send("lambda", "DeleteEventSourceMapping", { UUID: mapping.UUID ?? "" });
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListEventSourceMappings") });
    flash.success("trigger", `The trigger ${name} is being deleted. The queue and the role's policy stay.`);
  };
  return (
    <ConfirmDialog title={`Delete the trigger ${name}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      Its messages do not run {functionName} any more; they stay in the queue.
    </ConfirmDialog>
  );
}
