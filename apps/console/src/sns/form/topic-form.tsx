import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { PairsEditor } from "../../functions/detail/configuration/pairs-editor.tsx";
import { useAccountId } from "../../iam/account-id.ts";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { SaveForm } from "../../shared/save-form.tsx";
import { TypeTiles } from "../../shared/type-tiles.tsx";
import { useDraft } from "../../shared/use-draft.ts";
import { useTopicArn } from "../topic.ts";
import { topicDeliveryExample } from "./delivery-policy.ts";
import { JsonPart } from "./json-part.tsx";
import { fullName, problemsOf, type TopicDraft, type TopicProblems } from "./topic-draft.ts";

interface TopicFormProps {
  readonly title: string;
  /** `Create topic` */
  readonly action: string;
  readonly isNew: boolean;
  readonly initial: TopicDraft;
  readonly commands: (draft: TopicDraft) => readonly string[];
  readonly save: (draft: TopicDraft) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** The form of a topic, to make one or to change it. */
export function TopicForm({ title, action, isNew, initial, commands, save, onCancel }: TopicFormProps) {
  const [draft, change] = useDraft(initial);
  const [isShown, setShown] = useState(false);
  const accountId = useAccountId();
  const arn = useTopicArn(fullName(draft));
  const all = problemsOf(draft);
  const problems = isShown ? all : {};
  // A policy that is about this topic, as the example is, stays so whatever its name becomes.
  const changeDetails = (part: Partial<TopicDraft>): void => {
    const next = arn.replace(/[^:]*$/, fullName({ ...draft, ...part }));
    change({ ...part, policy: draft.policy.replaceAll(JSON.stringify(arn), JSON.stringify(next)) });
  };
  return (
    <SaveForm
      title={title}
      header={
        <Header variant="h1" info={<InfoLink topic="topics" about="topics" />}>
          {title}
        </Header>
      }
      action={action}
      isValid={Object.keys(all).length === 0}
      onInvalid={() => setShown(true)}
      save={() => save(draft)}
      failed="The topic was not saved"
      onCancel={onCancel}
    >
      <DetailsPart key="details" draft={draft} problems={problems} onChange={changeDetails} isNew={isNew} />
      <EncryptionPart key="encryption" draft={draft} problems={problems} onChange={change} />
      <JsonPart
        key="policy"
        title="Access policy"
        description="Who may publish and subscribe. Without one the topic's owner alone does, and whom the owner's account lets."
        label="Policy"
        value={draft.policy}
        problem={problems.policy}
        example={() => examplePolicy(arn, accountId)}
        onChange={(policy) => change({ policy })}
      />
      <JsonPart
        key="delivery"
        title="Delivery policy (HTTP/S)"
        description="How often and when a delivery to a web address is tried again. Without one AWS's default counts."
        label="Delivery policy"
        value={draft.deliveryPolicy}
        problem={problems.deliveryPolicy}
        example={() => topicDeliveryExample}
        onChange={(deliveryPolicy) => change({ deliveryPolicy })}
      />
      <Container key="tags" header={<Header variant="h2">Tags - optional</Header>}>
        <PairsEditor
          pairs={draft.tags}
          noun="tag"
          most={50}
          keyProblem={({ key }) => (key === "" ? problems.tags : undefined)}
          onChange={(tags) => change({ tags })}
        />
      </Container>
      <EquivalentCli key="cli" commands={commands(draft)} />
    </SaveForm>
  );
}

const examplePolicy = (Resource: string, accountId: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "__default_statement_ID",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["SNS:Publish", "SNS:Subscribe", "SNS:GetTopicAttributes"],
      Resource,
      Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
    },
  ],
});

interface PartProps {
  readonly draft: TopicDraft;
  readonly problems: TopicProblems;
  readonly onChange: (change: Partial<TopicDraft>) => void;
}

function DetailsPart({ draft, problems, onChange, isNew }: PartProps & { readonly isNew: boolean }) {
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <SpaceBetween size="l">
        {isNew && (
          <TypeTiles
            key="type"
            isFifo={draft.isFifo}
            descriptions={{
              standard: "At least once, in about the order of publishing, to anything.",
              fifo: "Exactly once, in order within each message group, to queues.",
            }}
            onChange={onChange}
          />
        )}
        <FormField
          key="name"
          label="Name"
          constraintText={
            draft.isFifo ? "Up to 256 characters with .fifo at its end" : "Up to 256 letters, numbers, hyphens and underscores"
          }
          errorText={problems.name}
        >
          <Input
            value={draft.name}
            disabled={!isNew}
            placeholder={draft.isFifo ? "MyTopic.fifo" : "MyTopic"}
            spellcheck={false}
            onChange={({ detail }) => onChange({ name: detail.value })}
          />
        </FormField>
        <FormField
          key="display"
          label="Display name - optional"
          description="From whom e-mail is said to come."
          errorText={problems.displayName}
        >
          <Input value={draft.displayName} placeholder="My Topic" onChange={({ detail }) => onChange({ displayName: detail.value })} />
        </FormField>
        {draft.isFifo && <FifoFields key="fifo" draft={draft} problems={problems} onChange={onChange} />}
      </SpaceBetween>
    </Container>
  );
}

function FifoFields({ draft, onChange }: PartProps) {
  return (
    <SpaceBetween size="s">
      <Checkbox
        key="content"
        checked={draft.isContentDeduplicated}
        description="Two messages with the same body within five minutes are one, without a deduplication ID."
        onChange={({ detail }) => onChange({ isContentDeduplicated: detail.checked })}
      >
        Content-based message deduplication
      </Checkbox>
      <Checkbox
        key="throughput"
        checked={draft.isHighThroughput}
        description="Deduplication counts for each message group, not for the whole topic."
        onChange={({ detail }) => onChange({ isHighThroughput: detail.checked })}
      >
        High throughput FIFO topic
      </Checkbox>
    </SpaceBetween>
  );
}

function EncryptionPart({ draft, problems, onChange }: PartProps) {
  return (
    <Container header={<Header variant="h2">Encryption - optional</Header>}>
      <SpaceBetween size="l">
        <Checkbox
          key="on"
          checked={draft.isEncrypted}
          description="Kept and returned, not acted on: messages lie as they are in the data folder, which the server's user alone can read."
          onChange={({ detail }) => onChange({ isEncrypted: detail.checked })}
        >
          Encryption
        </Checkbox>
        {draft.isEncrypted && (
          <FormField key="key" label="AWS KMS key" errorText={problems.keyId}>
            <Input value={draft.keyId} spellcheck={false} onChange={({ detail }) => onChange({ keyId: detail.value })} />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  );
}
