import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import type { ListedQueue } from "./queue.ts";

interface QueueDialogProps {
  readonly queue: ListedQueue;
  readonly onClose: () => void;
}

/** Deletes a queue after a confirmation. */
export function DeleteQueueDialog({ queue, onClose, onDeleted }: QueueDialogProps & { readonly onDeleted: () => void }) {
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("sqs", "DeleteQueue", { QueueUrl: queue.url });
    onDeleted();
    flash.success("queue", `Deleted the queue ${queue.name}.`);
    await cache.invalidateQueries({ queryKey: keyOf("sqs", "ListQueues") });
  };
  const waiting = Number(queue.attributes?.["ApproximateNumberOfMessages"] ?? 0);
  return (
    <ConfirmDialog title={`Delete the queue ${queue.name}?`} action="Delete" typed="confirm" onConfirm={remove} onClose={onClose}>
      Its messages go with it{waiting > 0 && `, about ${waiting.toLocaleString("en")} of them`}. That can&apos;t be undone. Triggers of
      functions that read from it stay and find nothing; a queue of the same name can be made after a minute.
    </ConfirmDialog>
  );
}

/** Deletes all of a queue's messages after a confirmation. */
export function PurgeQueueDialog({ queue, onClose }: QueueDialogProps) {
  const cache = useQueryClient();
  const flash = useFlash();
  const purge = async (): Promise<void> => {
    await send("sqs", "PurgeQueue", { QueueUrl: queue.url });
    flash.success("queue", `The messages of ${queue.name} are being deleted. That takes up to a minute.`);
    await cache.invalidateQueries({ queryKey: keyOf("sqs", "GetQueueAttributes") });
  };
  return (
    <ConfirmDialog title={`Purge the queue ${queue.name}?`} action="Purge" typed="purge" onConfirm={purge} onClose={onClose}>
      All messages are deleted, those in flight too. That can&apos;t be undone.
    </ConfirmDialog>
  );
}
