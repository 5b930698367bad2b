import { createHash } from "node:crypto";
import type { NewQueueMessage } from "@mayfly/db";
import { newUuid, type RequestContext } from "@mayfly/kernel";
import type { MessageAttributeValue, MessageSystemAttributeValue } from "@mayfly/wire/sqs";
import { invalidMessageContents, invalidParameter, invalidValue, missingParameter } from "../faults.ts";
import { limits } from "../limits.ts";
import type { Queue } from "../queues/queue.ts";
import { attributesBytes, isValidText, md5OfAttributes, md5OfText, readMessageAttributes, readTraceHeader } from "./attributes.ts";
import type { MessageMeta } from "./meta.ts";

/** A message as SendMessage and each entry of SendMessageBatch have it. */
export interface MessageInput {
  readonly MessageBody: string;
  readonly DelaySeconds?: number | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
  readonly MessageSystemAttributes?: Readonly<Record<string, MessageSystemAttributeValue | undefined>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** A message that was read and checked, and what its sender is told of it. */
export interface ReadMessage {
  readonly message: NewQueueMessage;
  readonly bytes: number;
  readonly digests: {
    readonly MD5OfMessageBody: string;
    readonly MD5OfMessageAttributes?: string;
    readonly MD5OfMessageSystemAttributes?: string;
  };
}

const idCharacters = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

/** What a FIFO queue's message must have. In a batch AWS refuses the whole request without. @throws Fault */
export function checkFifoIds({ settings }: Queue, input: MessageInput, missing: (name: string) => Error = missingParameter): void {
  if (!settings.isFifo) return;
  if (input.MessageGroupId === undefined || input.MessageGroupId === "") throw missing("MessageGroupId");
  if ((input.MessageDeduplicationId ?? "") === "" && !settings.isContentDeduplicated)
    throw invalidParameter("The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
}

/** Reads a message for a queue. @throws Fault InvalidParameterValue, InvalidMessageContents, MissingParameter */
export function readMessage(
  ctx: Pick<RequestContext, "principal" | "traceHeader">,
  queue: Queue,
  input: MessageInput,
  nowMs: number,
): ReadMessage {
  const { settings } = queue;
  checkFifoIds(queue, input);
  if (input.MessageBody === "") throw missingParameter("MessageBody");
  if (!isValidText(input.MessageBody)) throw invalidMessageContents();
  const attributes = readMessageAttributes(input.MessageAttributes);
  const bytes = Buffer.byteLength(input.MessageBody) + attributesBytes(attributes);
  if (bytes > settings.messageBytes)
    throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${settings.messageBytes} bytes.`);
  const trace = readTraceHeader(input.MessageSystemAttributes);
  const md5OfMessageAttributes = md5OfAttributes(attributes);
  const md5OfSystemAttributes = trace && md5OfAttributes({ AWSTraceHeader: trace });
  // What the request itself is part of is carried on; it counts neither for the digest nor for the message's length.
  const traceHeader = trace?.text ?? ctx.traceHeader;
  const ids = readIds(queue, input);
  const md5 = md5OfText(input.MessageBody);
  const meta: MessageMeta = {
    senderId: ctx.principal.userId,
    md5,
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...ids,
  };
  return {
    bytes,
    digests: {
      MD5OfMessageBody: md5,
      ...(md5OfMessageAttributes !== undefined && { MD5OfMessageAttributes: md5OfMessageAttributes }),
      ...(md5OfSystemAttributes !== undefined && { MD5OfMessageSystemAttributes: md5OfSystemAttributes }),
    },
    message: {
      meta: JSON.stringify(meta),
      body: input.MessageBody,
      messageId: newUuid(),
      sentAtMs: nowMs,
      visibleAtMs: nowMs + delayOf(queue, input.DelaySeconds),
      ...(settings.isFifo && fifoParts(queue, ids, nowMs)),
    },
  };
}

type Ids = Pick<MessageMeta, "groupId" | "deduplicationId">;

/** The group and the deduplication id, which a FIFO queue may make of the content. @throws Fault */
function readIds({ settings }: Queue, input: MessageInput): Ids {
  const { MessageGroupId: groupId, MessageDeduplicationId: given } = input;
  for (const [name, value] of Object.entries({ MessageGroupId: groupId, MessageDeduplicationId: given })) {
    if (value !== undefined && value !== "" && !idCharacters.test(value))
      throw invalidValue(name, value, `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`);
  }
  if (given !== undefined && given !== "" && !settings.isFifo)
    throw invalidValue("MessageDeduplicationId", given, "The request includes a parameter that is not valid for this queue type");
  const group = groupId === undefined || groupId === "" ? {} : { groupId };
  if (!settings.isFifo) return group;
  const deduplicationId = given === undefined || given === "" ? createHash("sha256").update(input.MessageBody).digest("hex") : given;
  return { ...group, deduplicationId };
}

/** A group's messages alone are compared where the queue says so. */
function fifoParts({ settings }: Queue, { groupId = "", deduplicationId = "" }: Ids, nowMs: number) {
  const key = settings.isDeduplicatedByGroup ? `${groupId}\u0000${deduplicationId}` : deduplicationId;
  return { group: groupId, deduplication: { key, untilMs: nowMs + limits.deduplicationMs } };
}

function delayOf({ settings }: Queue, delaySeconds: number | undefined): number {
  if (delaySeconds === undefined) return settings.delayMs;
  if (settings.isFifo && delaySeconds !== 0)
    throw invalidValue("DelaySeconds", delaySeconds, "The request include parameter that is not valid for this queue type.");
  const delayMs = delaySeconds * 1000;
  if (delayMs < 0 || delayMs > limits.delayMs) throw invalidValue("DelaySeconds", delaySeconds, "DelaySeconds must be >= 0 and <= 900.");
  return settings.isFifo ? settings.delayMs : delayMs;
}
