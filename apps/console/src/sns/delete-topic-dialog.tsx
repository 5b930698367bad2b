import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import type { ListedTopic } from "./topic.ts";

interface DeleteTopicDialogProps {
  readonly topic: ListedTopic;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a topic after a confirmation. */
export function DeleteTopicDialog({ topic, onClose, onDeleted }: DeleteTopicDialogProps) {
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("sns", "DeleteTopic", { TopicArn: topic.arn });
    onDeleted();
    flash.success("topic", `Deleted the topic ${topic.name}.`);
    cache.removeQueries({ queryKey: keyOf("sns", "GetTopicAttributes", { TopicArn: topic.arn }) });
    await Promise.all(
      ["ListTopics", "ListSubscriptions"].map((operation) => cache.invalidateQueries({ queryKey: keyOf("sns", operation) })),
    );
  };
  return (
    <ConfirmDialog title={`Delete the topic ${topic.name}?`} action="Delete" typed="delete me" onConfirm={remove} onClose={onClose}>
      Its subscriptions go with it, and messages that are not delivered yet. That can&apos;t be undone. Permissions of functions and queues
      stay.
    </ConfirmDialog>
  );
}
