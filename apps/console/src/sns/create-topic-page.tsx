import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { cliCommand } from "../shared/equivalent-cli.tsx";
import { creationOf, fullName, newTopic, type TopicDraft } from "./form/topic-draft.ts";
import { TopicForm } from "./form/topic-form.tsx";

const tagsOf = ({ tags }: TopicDraft) => tags.map(({ key, value }) => ({ Key: key, Value: value }));

const commandOf = (draft: TopicDraft): string =>
  cliCommand("sns", "create-topic", {
    name: fullName(draft) || "NAME",
    attributes: Object.keys(creationOf(draft)).length > 0 ? creationOf(draft) : undefined,
    tags: draft.tags.length > 0 ? tagsOf(draft) : undefined,
  });

/** Makes a topic. */
export function CreateTopicPage() {
  usePage({
    title: "Create topic",
    help: "topics",
    contentType: "form",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Topics", href: paths.topics },
      { text: "Create topic", href: paths.createTopic },
    ],
  });
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const save = async (draft: TopicDraft): Promise<void> => {
    const Name = fullName(draft);
    const { TopicArn = "" } = await send("sns", "CreateTopic", { Name, Attributes: creationOf(draft), Tags: tagsOf(draft) });
    await cache.invalidateQueries({ queryKey: keyOf("sns") });
    flash.success("topic", `Created the topic ${Name}. You can create subscriptions and publish messages to it now.`, {
      label: "Create subscription",
      onClick: () => void navigate(paths.createSubscription({ topic: TopicArn })),
    });
    void navigate(paths.topic(Name));
  };
  return (
    <TopicForm
      title="Create topic"
      action="Create topic"
      isNew
      initial={newTopic}
      commands={(draft) => [commandOf(draft)]}
      save={save}
      onCancel={() => void navigate(paths.topics)}
    />
  );
}
