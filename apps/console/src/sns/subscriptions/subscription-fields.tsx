import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { QueueSelect } from "../../sqs/queue-select.tsx";
import { JsonField } from "../form/json-part.tsx";
import { TopicSelect } from "../topic-select.tsx";
import { isFifoTopic } from "../topic-facts.ts";
import { EndpointField } from "./endpoint-field.tsx";
import { protocols, type Protocol } from "./protocols.ts";
import type { FilterScope, SubscriptionDraft, SubscriptionProblems } from "./subscription-draft.ts";

/** What every part of the form is given. */
export interface SubscriptionPartProps {
  readonly draft: SubscriptionDraft;
  readonly problems: SubscriptionProblems;
  readonly onChange: (change: Partial<SubscriptionDraft>) => void;
}

const known = (Object.keys(protocols) as Protocol[]).map((value) => ({ value, label: protocols[value].label }));
const missing = ["Amazon Data Firehose", "Platform application endpoint", "SMS"].map((label) => ({
  value: label,
  label,
  disabled: true,
  disabledReason: "This server has no such service",
}));

/** Topic, protocol and endpoint of a new subscription. */
export function SubscriptionDetailsPart(props: SubscriptionPartProps) {
  const { draft, problems, onChange } = props;
  const options = known.map((option) => ({
    ...option,
    ...(isFifoTopic(draft.topicArn) && option.value !== "sqs" && { disabled: true, disabledReason: "FIFO topics deliver to queues only" }),
  }));
  const toQueue = { protocol: "sqs", endpoint: "" } as const;
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <SpaceBetween size="l">
        <TopicSelect
          key="topic"
          label="Topic"
          arn={draft.topicArn}
          problem={problems.topicArn}
          onChange={(topicArn) => onChange({ topicArn, ...(isFifoTopic(topicArn) && draft.protocol !== "sqs" && toQueue) })}
        />
        <FormField key="protocol" label="Protocol" description="The type of endpoint to subscribe.">
          <Select
            selectedOption={options.find(({ value }) => value === draft.protocol) ?? null}
            options={[...options, ...missing]}
            onChange={({ detail }) => onChange({ protocol: detail.selectedOption.value as Protocol, endpoint: "", isRaw: false })}
          />
        </FormField>
        <EndpointField key="endpoint" {...props} />
        {protocols[draft.protocol].canBeRaw && <RawField key="raw" {...props} />}
      </SpaceBetween>
    </Container>
  );
}

/** Whether a message comes without its envelope. */
export function RawField({ draft, onChange }: SubscriptionPartProps) {
  return (
    <Checkbox
      checked={draft.isRaw}
      description="The message comes as it was published, without SNS's JSON around it."
      onChange={({ detail }) => onChange({ isRaw: detail.checked })}
    >
      Enable raw message delivery
    </Checkbox>
  );
}

type FilterFieldsProps = {
  readonly draft: Pick<SubscriptionDraft, "hasFilter" | "filterScope" | "filterPolicy">;
  readonly problems: SubscriptionProblems;
  readonly onChange: (change: Partial<Pick<SubscriptionDraft, "hasFilter" | "filterScope" | "filterPolicy">>) => void;
};

/** Which messages come, and against what they are matched. */
export function FilterFields({ draft, problems, onChange }: FilterFieldsProps) {
  return (
    <SpaceBetween size="m">
      <Checkbox
        key="on"
        checked={draft.hasFilter}
        description="Only messages that match the policy come."
        onChange={({ detail }) => onChange({ hasFilter: detail.checked })}
      >
        Subscription filter policy
      </Checkbox>
      {draft.hasFilter && (
        <FormField key="scope" label="Subscription filter policy scope">
          <RadioGroup
            value={draft.filterScope}
            items={[
              { value: "MessageAttributes", label: "Message attributes", description: "The policy names attributes of the message." },
              { value: "MessageBody", label: "Message body", description: "The policy names members of the body, which is JSON." },
            ]}
            onChange={({ detail }) => onChange({ filterScope: detail.value as FilterScope })}
          />
        </FormField>
      )}
      {draft.hasFilter && (
        <JsonField
          key="policy"
          label="Filter policy"
          value={draft.filterPolicy}
          problem={problems.filterPolicy}
          placeholder='{"kind": ["order", {"prefix": "return"}]}'
          onChange={(filterPolicy) => onChange({ filterPolicy })}
        />
      )}
    </SpaceBetween>
  );
}

/** Where messages go that can't be delivered. */
export function DeadLetterFields({ draft, problems, onChange }: SubscriptionPartProps) {
  return (
    <SpaceBetween size="m">
      <Checkbox
        key="on"
        checked={draft.hasDeadLetter}
        description="A message that can't be delivered goes to a queue. The queue's policy must let the topic send."
        onChange={({ detail }) => onChange({ hasDeadLetter: detail.checked })}
      >
        Redrive policy
      </Checkbox>
      {draft.hasDeadLetter && (
        <QueueSelect
          key="queue"
          label="Dead-letter queue"
          isFifo={draft.endpoint.endsWith(".fifo")}
          arn={draft.deadLetterArn}
          problem={problems.deadLetterArn}
          onChange={(deadLetterArn) => onChange({ deadLetterArn })}
        />
      )}
    </SpaceBetween>
  );
}
