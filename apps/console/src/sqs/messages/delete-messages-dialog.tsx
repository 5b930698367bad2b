import type { Message } from "@aws-sdk/client-sqs";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";

interface DeleteMessagesDialogProps {
  readonly url: string;
  readonly messages: readonly Message[];
  readonly onDeleted: (messageIds: ReadonlySet<string>) => void;
  readonly onClose: () => void;
}

/** DeleteMessageBatch takes so many. */
const mostAtOnce = 10;

/** Deletes messages after a confirmation. */
export function DeleteMessagesDialog({ url, messages, onDeleted, onClose }: DeleteMessagesDialogProps) {
  const flash = useFlash();
  const what = messages.length === 1 ? "the message" : `${messages.length} messages`;
  const remove = async (): Promise<void> => {
    const deleted = new Set<string>();
    const failures: { name: string; problem: { kind: "other"; code: string; message: string } }[] = [];
    for (let from = 0; from < messages.length; from += mostAtOnce) {
      const some = messages.slice(from, from + mostAtOnce);
      const Entries = some.map(({ ReceiptHandle = "" }, index) => ({ Id: String(index), ReceiptHandle }));
      const { Failed = [], Successful = [] } = await send("sqs", "DeleteMessageBatch", { QueueUrl: url, Entries });
      for (const { Id } of Successful) deleted.add(some[Number(Id)]?.MessageId ?? "");
      for (const { Id, Code = "Error", Message = "" } of Failed)
        failures.push({ name: some[Number(Id)]?.MessageId ?? "", problem: { kind: "other", code: Code, message: Message } });
    }
    onDeleted(deleted);
    if (failures.length > 0) flash.failures("message", "Some messages were not deleted", failures);
    else flash.success("message", messages.length === 1 ? "The message was deleted." : `${messages.length} messages were deleted.`);
  };
  return (
    <ConfirmDialog title={`Delete ${what}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      Deleting can&apos;t be undone.
    </ConfirmDialog>
  );
}
