import type { ReceivedQueueMessage } from "@mayfly/db";
import type { Message } from "@mayfly/wire/sqs";
import { unknownAttribute } from "../faults.ts";
import type { Queue } from "../queues/queue.ts";
import { md5OfAttributes, shapeAttribute } from "./attributes.ts";
import { sequenceNumber, type MessageMeta } from "./meta.ts";
import { encodeReceiptHandle } from "./receipt-handle.ts";

/** Which attributes of messages a consumer wants. */
export interface WantedAttributes {
  readonly system: ReadonlySet<string>;
  readonly user: readonly string[];
}

interface AttributesInput {
  readonly AttributeNames?: readonly string[] | undefined;
  readonly MessageSystemAttributeNames?: readonly string[] | undefined;
  readonly MessageAttributeNames?: readonly string[] | undefined;
}

const systemAttributes: ReadonlySet<string> = new Set([
  "All",
  "SenderId",
  "SentTimestamp",
  "ApproximateReceiveCount",
  "ApproximateFirstReceiveTimestamp",
  "SequenceNumber",
  "MessageDeduplicationId",
  "MessageGroupId",
  "AWSTraceHeader",
  "DeadLetterQueueSourceArn",
]);

/** @throws Fault InvalidAttributeName */
export function readWanted({
  AttributeNames = [],
  MessageSystemAttributeNames = [],
  MessageAttributeNames = [],
}: AttributesInput): WantedAttributes {
  const system = new Set([...AttributeNames, ...MessageSystemAttributeNames]);
  for (const name of system) if (!systemAttributes.has(name)) throw unknownAttribute(name);
  return { system, user: MessageAttributeNames };
}

/** A received message as ReceiveMessage answers it. */
export function shapeMessage(queue: Queue, received: ReceivedQueueMessage, wanted: WantedAttributes): Message {
  const meta = JSON.parse(received.meta) as MessageMeta;
  const Attributes = pick(systemOf(queue, received, meta), wanted.system);
  const attributes = Object.fromEntries(Object.entries(meta.attributes ?? {}).filter(([name]) => matches(name, wanted.user)));
  const MD5OfMessageAttributes = md5OfAttributes(attributes);
  return {
    MessageId: received.messageId,
    ReceiptHandle: encodeReceiptHandle(queue.id, received),
    MD5OfBody: meta.md5,
    Body: received.body,
    ...(Object.keys(Attributes).length > 0 && { Attributes }),
    ...(MD5OfMessageAttributes !== undefined && {
      MD5OfMessageAttributes,
      MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, shapeAttribute(value)])),
    }),
  };
}

const systemOf = ({ settings }: Queue, received: ReceivedQueueMessage, meta: MessageMeta): Record<string, string | undefined> => ({
  SenderId: meta.senderId,
  SentTimestamp: String(received.sentAtMs),
  ApproximateReceiveCount: String(received.receiveCount),
  ApproximateFirstReceiveTimestamp: String(received.firstReceivedAtMs),
  SequenceNumber: settings.isFifo ? sequenceNumber(received.id) : undefined,
  MessageDeduplicationId: meta.deduplicationId,
  MessageGroupId: meta.groupId,
  AWSTraceHeader: meta.traceHeader,
  DeadLetterQueueSourceArn: received.deadLetterSourceArn,
});

function pick(all: Record<string, string | undefined>, wanted: ReadonlySet<string>): Record<string, string> {
  const isAll = wanted.has("All");
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined && (isAll || wanted.has(entry[0]))),
  );
}

/** `All`, `.*`, a name, or `PREFIX.*`. */
const matches = (name: string, wanted: readonly string[]): boolean =>
  wanted.some((want) => want === "All" || want === ".*" || want === name || (want.endsWith(".*") && name.startsWith(want.slice(0, -2))));
