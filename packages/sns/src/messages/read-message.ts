import { createHash } from "node:crypto";
import { newUuid, type RequestContext } from "@mayfly/kernel";
import type { MessageAttributeValue } from "@mayfly/wire/sns";
import { invalidParameter, invalidValue } from "../faults.ts";
import { limits } from "../limits.ts";
import type { Topic } from "../topics/topic.ts";
import { attributesBytes, readMessageAttributes } from "./attributes.ts";
import type { Deduplication, PublishedMessage } from "./published-message.ts";

/** A message as Publish and each entry of PublishBatch have it. */
export interface MessageInput {
  readonly Message: string | undefined;
  readonly Subject?: string | undefined;
  readonly MessageStructure?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttributeValue>> | undefined;
  readonly MessageDeduplicationId?: string | undefined;
  readonly MessageGroupId?: string | undefined;
}

/** A message that was read, and its length with its attributes. */
export interface ReadMessage {
  readonly message: PublishedMessage;
  readonly bytes: number;
}

/** Reads and checks a message. @throws Fault InvalidParameter, ParameterValueInvalid */
export function readMessage(
  { traceHeader, principal, sourceArn, requestId }: Pick<RequestContext, "traceHeader" | "principal" | "sourceArn" | "requestId">,
  topic: Topic,
  input: MessageInput,
  nowMs: number,
): ReadMessage {
  const { Message = "", Subject, MessageGroupId: groupId } = input;
  checkIds(topic, input);
  if (Message === "") throw invalidParameter("Empty message");
  if (Subject !== undefined) checkSubject(Subject);
  const attributes = readMessageAttributes(input.MessageAttributes);
  return {
    bytes: Buffer.byteLength(Message) + attributesBytes(attributes),
    message: {
      topic,
      messageId: newUuid(),
      subject: Subject,
      texts: readTexts(Message, input.MessageStructure),
      attributes,
      publishedAtMs: nowMs,
      by: sourceArn ?? principal.arn,
      requestId,
      traceHeader,
      groupId: groupId === "" ? undefined : groupId,
      deduplication: topic.isFifo ? deduplicationOf(topic, input, nowMs) : undefined,
    },
  };
}

/** Text without line breaks or control characters. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function checkSubject(subject: string): void {
  if (!/^[^\p{Cc}\u2028\u2029]+$/u.test(subject) || subject.length > limits.subjectCharacters) throw invalidParameter("Subject");
}

function readTexts(message: string, structure: string | undefined): PublishedMessage["texts"] {
  if (structure === undefined || structure === "") return { default: message };
  if (structure !== "json") throw invalidParameter("MessageStructure");
  const parsed = parse(message);
  const texts = Object.fromEntries(Object.entries(parsed).filter(([, text]) => typeof text === "string")) as Record<string, string>;
  const { default: text } = texts;
  if (text === undefined) throw invalidParameter("Message Structure - No default entry in JSON message body");
  return { ...texts, default: text };
}

function parse(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === "object" && parsed !== null) return parsed;
  } catch {
    // Told below.
  }
  throw invalidParameter("Message Structure - JSON message body failed to parse");
}

const idCharacters = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;

function checkIds({ isFifo, attributes }: Topic, { MessageGroupId = "", MessageDeduplicationId = "" }: MessageInput): void {
  for (const [name, value] of Object.entries({ MessageGroupId, MessageDeduplicationId })) {
    if (value !== "" && !idCharacters.test(value))
      throw invalidValue(
        name,
        `${name} can only include alphanumeric and punctuation characters. 1 to ${limits.groupIdCharacters} in length`,
      );
  }
  if (!isFifo) {
    if (MessageDeduplicationId !== "")
      throw invalidValue(
        "MessageDeduplicationId",
        "The request includes MessageDeduplicationId parameter that is not valid for this topic type",
      );
    return;
  }
  if (MessageGroupId === "") throw invalidParameter("The MessageGroupId parameter is required for FIFO topics");
  if (MessageDeduplicationId === "" && attributes["ContentBasedDeduplication"] !== "true")
    throw invalidParameter("The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
}

/** A group's messages alone are compared where the topic says so. */
function deduplicationOf({ attributes }: Topic, input: MessageInput, nowMs: number): Deduplication {
  const { Message = "", MessageDeduplicationId: given = "", MessageGroupId = "" } = input;
  const id = given === "" ? createHash("sha256").update(Message).digest("hex") : given;
  const key = attributes["FifoThroughputScope"] === "MessageGroup" ? `${MessageGroupId}\u0000${id}` : id;
  return { id, key, untilMs: nowMs + limits.deduplicationMs };
}
