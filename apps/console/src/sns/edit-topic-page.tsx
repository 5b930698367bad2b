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
import { changesOf, draftOf, type TopicDraft } from "./form/topic-draft.ts";
import { TopicForm } from "./form/topic-form.tsx";
import { useTopic } from "./topic.ts";

/** Changes a topic. */
export function EditTopicPage() {
  const { topicName = "" } = useParams();
  usePage({
    title: `Edit ${topicName}`,
    help: "topics",
    contentType: "form",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Topics", href: paths.topics },
      { text: topicName, href: paths.topic(topicName) },
      { text: "Edit", href: paths.editTopic(topicName) },
    ],
  });
  const topic = useTopic(topicName);
  const tags = useAws("sns", "ListTagsForResource", topic.data && { ResourceArn: topic.data.arn });
  return (
    <Loaded query={topic} subject={`topic ${topicName}`}>
      {({ arn, attributes }) => (
        <Loaded query={tags}>
          {({ Tags = [] }) => (
            <Edit
              arn={arn}
              before={draftOf(topicName, attributes, Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value])))}
            />
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

function Edit({ arn, before: now }: { readonly arn: string; readonly before: TopicDraft }) {
  // What others change meanwhile is not taken back.
  const [before] = useState(now);
  const navigate = useNavigate();
  const flash = useFlash();
  const cache = useQueryClient();
  const save = async (draft: TopicDraft): Promise<void> => {
    const { added, removed } = tagChanges(draft, before);
    try {
      for (const [AttributeName, AttributeValue] of changesOf(draft, before))
        await send("sns", "SetTopicAttributes", { TopicArn: arn, AttributeName, AttributeValue });
      if (Object.keys(added).length > 0) await send("sns", "TagResource", { ResourceArn: arn, Tags: tagList(added) });
      if (removed.length > 0) await send("sns", "UntagResource", { ResourceArn: arn, TagKeys: removed });
    } finally {
      // The first of several may be set when the next one is refused.
      await cache.invalidateQueries({ queryKey: keyOf("sns") });
    }
    flash.success("topic", `Successfully updated the topic ${before.name}.`);
    void navigate(paths.topic(before.name));
  };
  return (
    <TopicForm
      title={`Edit ${before.name}`}
      action="Save changes"
      isNew={false}
      initial={before}
      commands={(draft) => commandsOf(arn, draft, before)}
      save={save}
      onCancel={() => void navigate(paths.topic(before.name))}
    />
  );
}

const tagList = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function commandsOf(arn: string, draft: TopicDraft, before: TopicDraft): string[] {
  const { added, removed } = tagChanges(draft, before);
  return [
    ...changesOf(draft, before).map(([name, value]) =>
      cliCommand("sns", "set-topic-attributes", { "topic-arn": arn, "attribute-name": name, "attribute-value": value }),
    ),
    ...(Object.keys(added).length > 0 ? [cliCommand("sns", "tag-resource", { "resource-arn": arn, tags: tagList(added) })] : []),
    ...(removed.length > 0 ? [cliCommand("sns", "untag-resource", { "resource-arn": arn, "tag-keys": removed })] : []),
  ];
}
