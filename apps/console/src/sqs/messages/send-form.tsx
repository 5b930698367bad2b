import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { problemOf, type Problem } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { cliCommand, EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { ProblemDetails } from "../../shared/problem-panel.tsx";
import { useDraft } from "../../shared/use-draft.ts";
import type { ShownQueue } from "../detail/shown-queue.ts";
import { isFifoName } from "../queue-facts.ts";
import { AttributesEditor } from "./attributes-editor.tsx";
import { attributeProblem, attributesOf, type AttributeDraft } from "./message-attributes.ts";

interface MessageDraft {
  readonly body: string;
  readonly groupId: string;
  readonly deduplicationId: string;
  /** Seconds; empty: the queue's own. */
  readonly delay: string;
  readonly attributes: readonly AttributeDraft[];
}

const emptyMessage: MessageDraft = { body: "", groupId: "", deduplicationId: "", delay: "", attributes: [] };

type Problems = Partial<Record<keyof MessageDraft, string>>;

function problemsOf(draft: MessageDraft, isFifo: boolean): Problems {
  const delay = Number(draft.delay);
  return {
    ...(draft.body === "" && { body: "A message has a body." }),
    ...(isFifo && draft.groupId === "" && { groupId: "A message to a FIFO queue has a group." }),
    ...(!isFifo && draft.delay !== "" && !(Number.isInteger(delay) && delay >= 0 && delay <= 900) && { delay: "From 0 to 900 seconds." }),
    ...(draft.attributes.some((_, index) => attributeProblem(draft.attributes, index) !== undefined) && { attributes: "See above." }),
  };
}

const requestOf = (url: string, draft: MessageDraft) => ({
  QueueUrl: url,
  MessageBody: draft.body,
  ...(draft.delay !== "" && { DelaySeconds: Number(draft.delay) }),
  ...(draft.groupId !== "" && { MessageGroupId: draft.groupId }),
  ...(draft.deduplicationId !== "" && { MessageDeduplicationId: draft.deduplicationId }),
  ...(draft.attributes.length > 0 && { MessageAttributes: attributesOf(draft.attributes) }),
});

function commandOf(url: string, draft: MessageDraft): string {
  const attributes = Object.fromEntries(
    draft.attributes.map(({ name, type, value }) => [name, { DataType: type, [type === "Binary" ? "BinaryValue" : "StringValue"]: value }]),
  );
  return cliCommand("sqs", "send-message", {
    "queue-url": url,
    "message-body": draft.body || "BODY",
    "delay-seconds": draft.delay === "" ? undefined : Number(draft.delay),
    "message-group-id": draft.groupId || undefined,
    "message-deduplication-id": draft.deduplicationId || undefined,
    "message-attributes": draft.attributes.length > 0 ? attributes : undefined,
  });
}

/** Sends a message. What was typed stays, so that the next one is like it. */
export function SendForm({ queue: { name, url } }: ShownQueue) {
  const [draft, change] = useDraft(emptyMessage);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const cache = useQueryClient();
  const flash = useFlash();
  const isFifo = isFifoName(name);
  const problems = problemsOf(draft, isFifo);
  const submit = async (): Promise<void> => {
    setShown(true);
    if (Object.keys(problems).length > 0) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { MessageId } = await send("sqs", "SendMessage", requestOf(url, draft));
      flash.success("message", `Your message has been sent and is ready to be received. Its ID is ${MessageId}.`);
      setShown(false);
      await cache.invalidateQueries({ queryKey: keyOf("sqs", "GetQueueAttributes") });
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <form
      aria-label="Send message"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button key="clear" formAction="none" onClick={() => change(emptyMessage)}>
                  Clear content
                </Button>
                <Button key="send" variant="primary" loading={isBusy}>
                  Send message
                </Button>
              </SpaceBetween>
            }
          >
            Send message
          </Header>
        }
        footer={<EquivalentCli commands={[commandOf(url, draft)]} />}
      >
        <SpaceBetween size="l">
          <MessageFields
            key="fields"
            draft={draft}
            isFifo={isFifo}
            problems={isShown ? problems : {}}
            isShown={isShown}
            onChange={change}
          />
          {problem && (
            <Alert key="problem" type="error" header="The message was not sent">
              <ProblemDetails problem={problem} />
            </Alert>
          )}
        </SpaceBetween>
      </Container>
    </form>
  );
}

interface MessageFieldsProps {
  readonly draft: MessageDraft;
  readonly isFifo: boolean;
  readonly problems: Problems;
  readonly isShown: boolean;
  readonly onChange: (change: Partial<MessageDraft>) => void;
}

function MessageFields({ draft, isFifo, problems, isShown, onChange }: MessageFieldsProps) {
  return (
    <SpaceBetween size="m">
      <FormField key="body" label="Message body" errorText={problems.body} stretch>
        <Textarea
          value={draft.body}
          rows={6}
          placeholder="Enter message"
          spellcheck={false}
          onChange={({ detail }) => onChange({ body: detail.value })}
        />
      </FormField>
      <ColumnLayout key="more" columns={2}>
        <FormField key="group" label={isFifo ? "Message group ID" : "Message group ID - optional"} errorText={problems.groupId}>
          <Input value={draft.groupId} spellcheck={false} onChange={({ detail }) => onChange({ groupId: detail.value })} />
        </FormField>
        {isFifo ? (
          <FormField
            key="deduplication"
            label="Message deduplication ID - optional"
            constraintText="Needed without content-based deduplication"
          >
            <Input
              value={draft.deduplicationId}
              spellcheck={false}
              onChange={({ detail }) => onChange({ deduplicationId: detail.value })}
            />
          </FormField>
        ) : (
          <FormField
            key="delay"
            label="Delivery delay - optional"
            constraintText="Seconds; the queue's own if empty"
            errorText={problems.delay}
          >
            <Input value={draft.delay} type="number" inputMode="numeric" onChange={({ detail }) => onChange({ delay: detail.value })} />
          </FormField>
        )}
      </ColumnLayout>
      <ExpandableSection key="attributes" headerText="Message attributes - optional">
        <AttributesEditor
          drafts={draft.attributes}
          types={["String", "Number", "Binary"]}
          isShown={isShown}
          onChange={(attributes) => onChange({ attributes })}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}
