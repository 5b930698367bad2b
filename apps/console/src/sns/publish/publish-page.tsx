import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { send } from "../../api/send.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { cliCommand, EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { SaveForm } from "../../shared/save-form.tsx";
import { useDraft } from "../../shared/use-draft.ts";
import { useTopicArn } from "../topic.ts";
import { emptyMessage, problemsOf, requestOf, type MessageDraft } from "./message-draft.ts";
import { MessageParts } from "./message-parts.tsx";

function commandOf(topicArn: string, draft: MessageDraft): string {
  const attributes = Object.fromEntries(
    draft.attributes.map(({ name, type, value }) => [name, { DataType: type, [type === "Binary" ? "BinaryValue" : "StringValue"]: value }]),
  );
  return cliCommand("sns", "publish", {
    "topic-arn": topicArn,
    subject: draft.subject || undefined,
    message: draft.body || "BODY",
    "message-structure": draft.isPerProtocol ? "json" : undefined,
    "message-group-id": draft.groupId || undefined,
    "message-deduplication-id": draft.deduplicationId || undefined,
    "message-attributes": draft.attributes.length > 0 ? attributes : undefined,
  });
}

/** Publishes messages to a topic. What was typed stays, so that the next one is like it. */
export function PublishPage() {
  const { topicName = "" } = useParams();
  usePage({
    title: "Publish message",
    help: "publish",
    contentType: "form",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Topics", href: paths.topics },
      { text: topicName, href: paths.topic(topicName) },
      { text: "Publish message", href: paths.publish(topicName) },
    ],
  });
  const topicArn = useTopicArn(topicName);
  const [draft, change] = useDraft(emptyMessage);
  const [isShown, setShown] = useState(false);
  const [publishedId, setPublishedId] = useState<string>();
  const navigate = useNavigate();
  const follow = useFollow();
  const problems = problemsOf(draft, topicName);
  const publish = async (): Promise<void> => {
    setPublishedId(undefined);
    const { MessageId } = await send("sns", "Publish", requestOf(topicArn, draft));
    setPublishedId(MessageId);
    setShown(false);
  };
  return (
    <SaveForm
      title="Publish message"
      header={
        <Header
          variant="h1"
          description={topicName}
          info={<InfoLink topic="publish" about="publishing" />}
          actions={
            <Button formAction="none" href={hrefOf(paths.topic(topicName))} onFollow={follow}>
              View topic
            </Button>
          }
        >
          Publish message to topic
        </Header>
      }
      action="Publish message"
      stays
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      save={publish}
      failed="The message was not published"
      onCancel={() => void navigate(paths.topic(topicName))}
    >
      <MessageParts
        key="parts"
        topicName={topicName}
        draft={draft}
        problems={isShown ? problems : {}}
        isShown={isShown}
        onChange={change}
      />
      <EquivalentCli key="cli" commands={[commandOf(topicArn, draft)]} />
      {publishedId !== undefined && (
        <Alert key="published" type="success" header={`The message was published to ${topicName}`}>
          Its ID is <code>{publishedId}</code>. <PageLink to={paths.topicTrail(topicName, publishedId)}>See what becomes of it</PageLink>
        </Alert>
      )}
    </SaveForm>
  );
}
