import type { PublishedMessage } from "../messages/published-message.ts";
import type { Subscription } from "../subscriptions/subscription.ts";
import type { TopicKey } from "../topics/topic.ts";

/** A message as it lies in the hot store: JSON. */
export type StoredMessage = StoredNotification | StoredConfirmation;

/** One that was published. */
export interface StoredNotification extends Pick<
  PublishedMessage,
  "subject" | "texts" | "attributes" | "publishedAtMs" | "traceHeader" | "groupId"
> {
  readonly kind: "Notification";
  readonly topic: TopicKey;
  readonly isFifo: boolean;
  readonly deduplicationId: string | undefined;
}

/** Whom a confirmation is for, who may be gone from the topic by now. */
export type ConfirmationReceiver = Pick<Subscription, "id" | "subscriptionArn" | "protocol" | "endpoint" | "ownerId">;

/** One that asks an endpoint whether it wants messages, or tells it that it gets none any more. */
export interface StoredConfirmation {
  readonly kind: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly topic: TopicKey;
  readonly publishedAtMs: number;
  readonly token: string;
  readonly receiver: ConfirmationReceiver;
  /** This server's address, for the links. */
  readonly baseUrl: string;
}

/** What of a published message is kept. */
export const storedNotification = ({ topic, deduplication, messageId: _id, ...message }: PublishedMessage): StoredNotification => ({
  ...message,
  kind: "Notification",
  topic: { accountId: topic.accountId, region: topic.region, topicName: topic.topicName },
  isFifo: topic.isFifo,
  deduplicationId: deduplication?.id,
});

/** What a subscription of a protocol is sent of a message. */
export const textFor = (texts: PublishedMessage["texts"], protocol: string): string =>
  (Object.hasOwn(texts, protocol) ? texts[protocol] : undefined) ?? texts.default;
