import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { AttributesEditor } from "../../sqs/messages/attributes-editor.tsx";
import { isFifoTopic } from "../topic-facts.ts";
import { perProtocolBody, type MessageDraft, type MessageProblems } from "./message-draft.ts";

interface MessagePartsProps {
  readonly topicName: string;
  readonly draft: MessageDraft;
  readonly problems: MessageProblems;
  readonly isShown: boolean;
  readonly onChange: (change: Partial<MessageDraft>) => void;
}

/** The fields of a message: its subject and ids, its body, its attributes. */
export function MessageParts(props: MessagePartsProps) {
  const { draft, isShown, onChange } = props;
  return (
    <SpaceBetween size="l">
      <DetailsPart key="details" {...props} />
      <BodyPart key="body" {...props} />
      <Container key="attributes" header={<Header variant="h2">Message attributes - optional</Header>}>
        <AttributesEditor
          drafts={draft.attributes}
          types={["String", "String.Array", "Number", "Binary"]}
          isShown={isShown}
          onChange={(attributes) => onChange({ attributes })}
        />
      </Container>
    </SpaceBetween>
  );
}

function DetailsPart({ topicName, draft, problems, onChange }: MessagePartsProps) {
  return (
    <Container header={<Header variant="h2">Message details</Header>}>
      <SpaceBetween size="l">
        <FormField key="subject" label="Subject - optional" constraintText="Up to 100 characters" errorText={problems.subject}>
          <Input value={draft.subject} placeholder="Enter message subject" onChange={({ detail }) => onChange({ subject: detail.value })} />
        </FormField>
        {isFifoTopic(topicName) && (
          <ColumnLayout key="fifo" columns={2}>
            <FormField key="group" label="Message group ID" errorText={problems.groupId}>
              <Input value={draft.groupId} spellcheck={false} onChange={({ detail }) => onChange({ groupId: detail.value })} />
            </FormField>
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
          </ColumnLayout>
        )}
      </SpaceBetween>
    </Container>
  );
}

function BodyPart({ draft, problems, onChange }: MessagePartsProps) {
  return (
    <Container header={<Header variant="h2">Message body</Header>}>
      <SpaceBetween size="l">
        <FormField key="structure" label="Message structure">
          <RadioGroup
            value={draft.isPerProtocol ? "json" : "same"}
            items={[
              { value: "same", label: "Identical payload for all delivery protocols", description: "All get the same text." },
              {
                value: "json",
                label: "Custom payload for each delivery protocol",
                description: "The body is JSON with a text for each protocol; the others get the default.",
              },
            ]}
            onChange={({ detail }) => {
              const isPerProtocol = detail.value === "json";
              onChange({ isPerProtocol, ...(isPerProtocol && { body: perProtocolBody(draft.body) }) });
            }}
          />
        </FormField>
        <FormField key="body" label="Message body to send to the endpoint" errorText={problems.body} stretch>
          <Textarea
            value={draft.body}
            rows={8}
            placeholder="Enter message"
            spellcheck={false}
            onChange={({ detail }) => onChange({ body: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}
