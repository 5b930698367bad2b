import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CopyText } from "../../shared/copy-text.tsx";
import { formatBytes } from "../../shared/format.ts";
import { Moment } from "../../shared/moment.tsx";
import { durationText } from "../form/duration.ts";
import { encryptionText, isFifoName, timeOf } from "../queue-facts.ts";
import type { ShownQueue } from "./shown-queue.ts";

/** What a queue is, what is in it and how it is set. */
export function QueueDetails({ queue: { name, url, attributes } }: ShownQueue) {
  const duration = (attribute: string): string => durationText(Number(attributes[attribute] ?? 0));
  const count = (attribute: string): string => Number(attributes[attribute] ?? 0).toLocaleString("en");
  const isFifo = isFifoName(name);
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          key="what"
          columns={3}
          items={[
            { label: "Type", value: isFifo ? "FIFO" : "Standard" },
            { label: "URL", value: <CopyText text={url} label="URL" /> },
            { label: "ARN", value: <CopyText text={attributes["QueueArn"] ?? ""} label="ARN" /> },
            { label: "Messages available", value: count("ApproximateNumberOfMessages") },
            { label: "Messages in flight", value: count("ApproximateNumberOfMessagesNotVisible") },
            { label: "Messages delayed", value: count("ApproximateNumberOfMessagesDelayed") },
          ]}
        />
        <ExpandableSection key="more" headerText="More">
          <KeyValuePairs
            columns={3}
            items={[
              { label: "Created", value: <Moment time={timeOf(attributes["CreatedTimestamp"])} /> },
              { label: "Last updated", value: <Moment time={timeOf(attributes["LastModifiedTimestamp"])} /> },
              { label: "Encryption", value: encryptionText(attributes) },
              { label: "Default visibility timeout", value: duration("VisibilityTimeout") },
              { label: "Message retention period", value: duration("MessageRetentionPeriod") },
              { label: "Delivery delay", value: duration("DelaySeconds") },
              { label: "Receive message wait time", value: duration("ReceiveMessageWaitTimeSeconds") },
              { label: "Maximum message size", value: formatBytes(Number(attributes["MaximumMessageSize"] ?? 0)) },
              ...(isFifo
                ? [
                    { label: "Content-based deduplication", value: attributes["ContentBasedDeduplication"] === "true" ? "On" : "Off" },
                    { label: "High throughput FIFO", value: attributes["FifoThroughputLimit"] === "perMessageGroupId" ? "On" : "Off" },
                  ]
                : []),
            ]}
          />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
