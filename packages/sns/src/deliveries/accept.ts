import type { NewTopicDelivery } from "@mayfly/db";
import { newUuid, type TrailStep } from "@mayfly/kernel";
import type { PublishedMessage } from "../messages/published-message.ts";
import type { SnsGiven } from "../resources.ts";
import type { Subscription } from "../subscriptions/subscription.ts";
import type { Topic } from "../topics/topic.ts";
import type { Accepted, Deliveries } from "./deliveries.ts";
import { storedNotification, textFor, type StoredConfirmation } from "./stored-message.ts";
import { note, noteOfTopic } from "./trail.ts";

/** What accepting messages takes. */
export type AcceptResources = Pick<SnsGiven, "db" | "clock" | "trail" | "publicUrl"> & {
  /** Something is owed a subscription. */
  readonly wake: (subscriptionId: number, dueAtMs: number) => void;
};

/** Digits of which SNS says no more than that they grow. */
export const sequenceNumber = (sequence: number): string => `1${String(sequence).padStart(19, "0")}`;

/** Takes a message in: on disk, once, with a delivery for each subscription that it fits. */
export async function accept(
  resources: AcceptResources,
  message: PublishedMessage,
  subscriptions: readonly Subscription[],
): Promise<Accepted> {
  const { topic, messageId, deduplication, groupId, publishedAtMs } = message;
  const wanted = subscriptions.filter((subscription) => subscription.isConfirmed && fits(subscription, message));
  // Nobody is owed it, and nobody asks later whether it was there.
  if (wanted.length === 0 && !topic.isFifo) {
    noteAll(resources, message, subscriptions, wanted);
    return { messageId, sequenceNumber: undefined };
  }
  const stored = await resources.db.topicDeliveries.accept({
    messageId,
    content: JSON.stringify(storedNotification(message)),
    acceptedAtMs: publishedAtMs,
    deliveries: wanted.map(({ id }): NewTopicDelivery => ({ subscriptionId: id, ...(topic.isFifo && { group: groupId ?? "" }) })),
    ...(deduplication && { deduplication: { topicId: topic.id, key: deduplication.key, untilMs: deduplication.untilMs } }),
  });
  if (stored.isRepetition) {
    const { by, requestId } = message;
    noteOfTopic(resources.trail, topic, stored.messageId, { kind: "repeated", by, requestId });
  } else {
    noteAll(resources, message, subscriptions, wanted);
    const nowMs = resources.clock.now();
    for (const { id } of wanted) resources.wake(id, nowMs);
  }
  return { messageId: stored.messageId, sequenceNumber: topic.isFifo ? sequenceNumber(stored.sequence) : undefined };
}

const filtered = ({ protocol }: Subscription, { attributes, texts }: PublishedMessage) => ({ attributes, text: textFor(texts, protocol) });

const fits = (subscription: Subscription, message: PublishedMessage): boolean =>
  subscription.settings.filterPolicy?.fits(filtered(subscription, message)) ?? true;

function noteAll(
  { trail }: AcceptResources,
  message: PublishedMessage,
  subscriptions: readonly Subscription[],
  wanted: readonly Subscription[],
): void {
  const { topic, messageId, by, requestId } = message;
  if (subscriptions.length === 0) return noteOfTopic(trail, topic, messageId, { kind: "produced", by, requestId });
  const fitting = new Set(wanted);
  for (const subscription of subscriptions) {
    const step: TrailStep = fitting.has(subscription)
      ? { kind: "accepted", by, requestId }
      : { kind: "filtered", why: whyNot(subscription, message), requestId };
    note(trail, topic, subscription, messageId, step);
  }
}

function whyNot(subscription: Subscription, message: PublishedMessage): readonly string[] {
  if (!subscription.isConfirmed) return ["the subscription is not confirmed"];
  const why = subscription.settings.filterPolicy?.why(filtered(subscription, message));
  return why === undefined ? [] : [why];
}

/** Has an endpoint asked to confirm, or told that its subscription was ended. */
export const confirmations = (resources: AcceptResources): Pick<Deliveries, "requestConfirmation" | "confirmUnsubscription"> => ({
  requestConfirmation: (topic, subscription, endpoint) => store(resources, "SubscriptionConfirmation", topic, subscription, endpoint),
  confirmUnsubscription: (topic, subscription, endpoint) => store(resources, "UnsubscribeConfirmation", topic, subscription, endpoint),
});

async function store(
  { db, clock, wake, publicUrl, trail }: AcceptResources,
  kind: StoredConfirmation["kind"],
  { accountId, region, topicName }: Topic,
  { id, subscriptionArn, protocol, endpoint, ownerId, token = "" }: Subscription,
  ownUrl: string,
): Promise<void> {
  const nowMs = clock.now();
  const content: StoredConfirmation = {
    kind,
    topic: { accountId, region, topicName },
    publishedAtMs: nowMs,
    token,
    receiver: { id, subscriptionArn, protocol, endpoint, ownerId },
    baseUrl: publicUrl ?? ownUrl,
  };
  const deliveries = [{ subscriptionId: id }];
  const messageId = newUuid();
  await db.topicDeliveries.accept({ messageId, content: JSON.stringify(content), acceptedAtMs: nowMs, deliveries });
  note(trail, content.topic, content.receiver, messageId, { kind: "accepted", what: kind });
  wake(id, nowMs);
}
