import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { keyOf, useAws } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { tagChanges } from "../functions/detail/configuration/pairs.ts";
import { cliCommand } from "../shared/equivalent-cli.tsx";
import { Loaded } from "../shared/loaded.tsx";
import { changesOf, draftOf, type QueueDraft } from "./form/queue-draft.ts";
import { QueueForm } from "./form/queue-form.tsx";
import { useQueue } from "./queue.ts";

/** Changes a queue. */
export function EditQueuePage() {
  const { queueName = "" } = useParams();
  usePage({
    title: `Edit ${queueName}`,
    help: "queues",
    contentType: "form",
    breadcrumbs: [
      { text: "Simple Queue Service", href: paths.queues },
      { text: "Queues", href: paths.queues },
      { text: queueName, href: paths.queue(queueName) },
      { text: "Edit", href: paths.editQueue(queueName) },
    ],
  });
  const queue = useQueue(queueName);
  const tags = useAws("sqs", "ListQueueTags", queue.data && { QueueUrl: queue.data.url });
  return (
    <Loaded query={queue} subject={`queue ${queueName}`}>
      {({ url, attributes }) => (
        <Loaded query={tags}>{({ Tags = {} }) => <Edit url={url} before={draftOf(queueName, attributes, Tags)} />}</Loaded>
      )}
    </Loaded>
  );
}

function Edit({ url, before: now }: { readonly url: string; readonly before: QueueDraft }) {
  // What others change meanwhile is not taken back.
  const [before] = useState(now);
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const save = async (draft: QueueDraft): Promise<void> => {
    const Attributes = changesOf(draft, before);
    const { added, removed } = tagChanges(draft, before);
    if (Object.keys(Attributes).length > 0) await send("sqs", "SetQueueAttributes", { QueueUrl: url, Attributes });
    if (Object.keys(added).length > 0) await send("sqs", "TagQueue", { QueueUrl: url, Tags: added });
    if (removed.length > 0) await send("sqs", "UntagQueue", { QueueUrl: url, TagKeys: removed });
    await cache.invalidateQueries({ queryKey: keyOf("sqs") });
    flash.success("queue", `Successfully updated the queue ${before.name}.`);
    void navigate(paths.queue(before.name));
  };
  return (
    <QueueForm
      title={`Edit ${before.name}`}
      action="Save"
      isNew={false}
      initial={before}
      commands={(draft) => commandsOf(url, draft, before)}
      save={save}
      onCancel={() => void navigate(paths.queue(before.name))}
    />
  );
}

function commandsOf(url: string, draft: QueueDraft, before: QueueDraft): string[] {
  const { added, removed } = tagChanges(draft, before);
  const target = { "queue-url": url };
  return [
    cliCommand("sqs", "set-queue-attributes", { ...target, attributes: changesOf(draft, before) }),
    ...(Object.keys(added).length > 0 ? [cliCommand("sqs", "tag-queue", { ...target, tags: added })] : []),
    ...(removed.length > 0 ? [cliCommand("sqs", "untag-queue", { ...target, "tag-keys": removed })] : []),
  ];
}
