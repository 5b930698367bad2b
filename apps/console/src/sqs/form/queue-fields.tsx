import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { DurationField } from "./duration-field.tsx";
import type { DraftProblems, QueueDraft } from "./queue-draft.ts";
import { TypeTiles } from "../../shared/type-tiles.tsx";
import "./queue-form.css";

/** What every part of the form is given. */
export interface PartProps {
  readonly draft: QueueDraft;
  readonly problems: DraftProblems;
  readonly onChange: (change: Partial<QueueDraft>) => void;
}

/** Type and name. */
export function DetailsPart({ draft, problems, onChange, isNew }: PartProps & { readonly isNew: boolean }) {
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <SpaceBetween size="l">
        {isNew && (
          <TypeTiles
            key="type"
            isFifo={draft.isFifo}
            descriptions={{
              standard: "At least once, in about the order of sending.",
              fifo: "Exactly once, in order within each message group.",
            }}
            onChange={onChange}
          />
        )}
        <FormField
          key="name"
          label="Name"
          constraintText={draft.isFifo ? "Up to 80 characters with .fifo at its end" : "Up to 80 letters, numbers, hyphens and underscores"}
          errorText={problems.name}
        >
          <Input
            value={draft.name}
            disabled={!isNew}
            placeholder={draft.isFifo ? "MyQueue.fifo" : "MyQueue"}
            spellcheck={false}
            onChange={({ detail }) => onChange({ name: detail.value })}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

/** Times, size, and what FIFO queues have. */
export function ConfigurationPart({ draft, problems, onChange }: PartProps) {
  return (
    <Container header={<Header variant="h2">Configuration</Header>}>
      <SpaceBetween size="l">
        <ColumnLayout key="times" columns={2}>
          <DurationField
            key="visibility"
            label="Visibility timeout"
            description="Nobody else sees a message for so long after it was received."
            value={draft.visibility}
            problem={problems.visibility}
            onChange={(visibility) => onChange({ visibility })}
          />
          <DurationField
            key="retention"
            label="Message retention period"
            description="A message that nobody deletes is gone after it."
            value={draft.retention}
            problem={problems.retention}
            onChange={(retention) => onChange({ retention })}
          />
          <DurationField
            key="delay"
            label="Delivery delay"
            description="A new message can't be received before."
            value={draft.delay}
            problem={problems.delay}
            onChange={(delay) => onChange({ delay })}
          />
          <DurationField
            key="wait"
            label="Receive message wait time"
            description="Who asks an empty queue waits for a message so long."
            value={draft.wait}
            problem={problems.wait}
            onChange={(wait) => onChange({ wait })}
          />
          <FormField key="size" label="Maximum message size" description="In KiB, attributes included." errorText={problems.messageKib}>
            <Input
              value={draft.messageKib}
              type="number"
              inputMode="decimal"
              onChange={({ detail }) => onChange({ messageKib: detail.value })}
            />
          </FormField>
        </ColumnLayout>
        {draft.isFifo && (
          <SpaceBetween key="fifo" size="s">
            <Checkbox
              key="content"
              checked={draft.isContentDeduplicated}
              description="Two messages with the same body within five minutes are one, without a deduplication ID."
              onChange={({ detail }) => onChange({ isContentDeduplicated: detail.checked })}
            >
              Content-based deduplication
            </Checkbox>
            <Checkbox
              key="throughput"
              checked={draft.isHighThroughput}
              description="Deduplication and throughput count for each message group, not for the whole queue."
              onChange={({ detail }) => onChange({ isHighThroughput: detail.checked })}
            >
              High throughput FIFO queue
            </Checkbox>
          </SpaceBetween>
        )}
        <Checkbox
          key="encryption"
          checked={draft.isEncrypted}
          description="Kept and returned (SSE-SQS), not acted on: messages lie as they are in the data folder, which the server's user alone can read."
          onChange={({ detail }) => onChange({ isEncrypted: detail.checked })}
        >
          Server-side encryption
        </Checkbox>
      </SpaceBetween>
    </Container>
  );
}
