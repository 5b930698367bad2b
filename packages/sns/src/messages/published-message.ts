import type { Topic } from "../topics/topic.ts";

/** A message attribute as it is kept: bytes in base64. */
export interface KeptAttribute {
  /** `String`, `Number.int`, `Binary`, `String.Array` ... */
  readonly type: string;
  readonly text?: string;
  readonly base64?: string;
}

/** A message that was read and checked. */
export interface PublishedMessage {
  /** As it is at this moment. */
  readonly topic: Topic;
  /** What the publisher is told, unless the message turns out to be a repetition. */
  readonly messageId: string;
  readonly subject: string | undefined;
  /** The text, by protocol where MessageStructure is json; `default` for all others. */
  readonly texts: { readonly default: string } & Readonly<Record<string, string | undefined>>;
  readonly attributes: Readonly<Record<string, KeptAttribute>>;
  readonly publishedAtMs: number;
  /** Who published it, and in which request: for the trail. */
  readonly by: string;
  readonly requestId: string;
  /** The X-Ray header of the request. */
  readonly traceHeader: string | undefined;
  /** Of a message to a FIFO topic; one to a standard topic may have it for its queues. */
  readonly groupId: string | undefined;
  /** Of a FIFO topic only. */
  readonly deduplication: Deduplication | undefined;
}

/** What tells a message from its repetitions. */
export interface Deduplication {
  readonly id: string;
  /** The id, or with FifoThroughputScope MessageGroup the id within the group: unique within the topic. */
  readonly key: string;
  /** A later message with the same key is a repetition up to then. */
  readonly untilMs: number;
}
