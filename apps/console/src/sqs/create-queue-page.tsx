import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { recordOf } from "../functions/detail/configuration/pairs.ts";
import { cliCommand } from "../shared/equivalent-cli.tsx";
import { creationOf, fullName, newQueue, type QueueDraft } from "./form/queue-draft.ts";
import { QueueForm } from "./form/queue-form.tsx";

const commandOf = (draft: QueueDraft): string =>
  cliCommand("sqs", "create-queue", {
    "queue-name": fullName(draft) || "NAME",
    attributes: creationOf(draft),
    tags: draft.tags.length > 0 ? recordOf(draft.tags) : undefined,
  });

/** Makes a queue. */
export function CreateQueuePage() {
  usePage({
    title: "Create queue",
    help: "queues",
    contentType: "form",
    breadcrumbs: [
      { text: "Simple Queue Service", href: paths.queues },
      { text: "Queues", href: paths.queues },
      { text: "Create queue", href: paths.createQueue },
    ],
  });
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const save = async (draft: QueueDraft): Promise<void> => {
    const QueueName = fullName(draft);
    await send("sqs", "CreateQueue", { QueueName, Attributes: creationOf(draft), tags: recordOf(draft.tags) });
    await cache.invalidateQueries({ queryKey: keyOf("sqs") });
    flash.success("queue", `Created the queue ${QueueName}. You can send messages to it now.`, {
      label: "Send and receive messages",
      onClick: () => void navigate(paths.queueMessages(QueueName)),
    });
    void navigate(paths.queue(QueueName));
  };
  return (
    <QueueForm
      title="Create queue"
      action="Create queue"
      isNew
      initial={newQueue}
      commands={(draft) => [commandOf(draft)]}
      save={save}
      onCancel={() => void navigate(paths.queues)}
    />
  );
}
