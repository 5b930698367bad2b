import type { DueTopicDelivery } from "@mayfly/db";
import { servicePrincipal, type DeliveryOutcome } from "@mayfly/kernel";
import type { Subscription } from "../subscriptions/subscription.ts";
import { effectivePolicy } from "../topics/delivery-policy.ts";
import { topicArn, type Topic } from "../topics/topic.ts";
import { sequenceNumber } from "./accept.ts";
import type { DeliveriesGiven } from "./create-deliveries.ts";
import { sendDeadLetter, type Failure } from "./dead-letter.ts";
import type { Pace } from "./pace.ts";
import type { Attempt, ConfirmationDelivery, Delivery, DeliveryResources, NotificationDelivery } from "./protocols/protocol.ts";
import { senders } from "./protocols/senders.ts";
import { delayAfter, managedRetryPolicy } from "./retries.ts";
import type { ConfirmationReceiver, StoredMessage } from "./stored-message.ts";
import { note } from "./trail.ts";

/** What carrying deliveries out takes. */
export type CarryOutResources = DeliveriesGiven & DeliveryResources & { readonly pace: Pace };

/** Makes one attempt at a delivery, and writes down what came of it. */
export async function carryOut(resources: CarryOutResources, due: DueTopicDelivery): Promise<DeliveryOutcome> {
  const { topics, pace, ending } = resources;
  const message = JSON.parse(due.content) as StoredMessage;
  const topic = await topics.find(message.topic);
  const receiver = message.kind === "Notification" ? subscriptionOf(topic, due.subscriptionId) : message.receiver;
  const delivery = receiver && deliveryOf(resources, due, message, topic, receiver);
  const sender = receiver && senders[receiver.protocol];
  // Whoever is not subscribed any more is owed nothing.
  if (delivery === undefined) {
    const ended = topics.ended(due.subscriptionId);
    if (ended) note(resources.trail, message.topic, ended, due.messageId, { kind: "given-up", reason: "The subscription was deleted" });
    return finish(resources, due, message);
  }
  if (sender === undefined) {
    const reason = `Nothing here delivers by ${delivery.receiver.protocol}`;
    note(resources.trail, message.topic, delivery.receiver, due.messageId, { kind: "given-up", reason });
    return finish(resources, due, message);
  }
  const { throttlePolicy } = delivery.policy;
  try {
    if (throttlePolicy !== null && isWeb(delivery.receiver)) await pace.step(due.subscriptionId, throttlePolicy.maxReceivesPerSecond);
  } catch {
    return { kind: "left" };
  }
  if (ending.aborted) return { kind: "left" };
  const attempt = await (isNotification(delivery)
    ? sender.notify(resources, delivery)
    : sender.confirm(resources, delivery as ConfirmationDelivery));
  return conclude(resources, due, delivery, attempt);
}

const isNotification = (delivery: Delivery): delivery is NotificationDelivery => delivery.message.kind === "Notification";

const isWeb = ({ protocol }: ConfirmationReceiver): boolean => protocol === "http" || protocol === "https";

/** Looked for in each topic as it is at the time. */
const indexes = new WeakMap<Topic, ReadonlyMap<number, Subscription>>();

function subscriptionOf(topic: Topic | undefined, id: number): Subscription | undefined {
  if (topic === undefined) return undefined;
  let index = indexes.get(topic);
  if (index === undefined) indexes.set(topic, (index = new Map(topic.subscriptions.map((each) => [each.id, each]))));
  return index.get(id);
}

function deliveryOf(
  { publicUrl, endpoint }: CarryOutResources,
  { id, messageId, sequence }: DueTopicDelivery,
  message: StoredMessage,
  topic: Topic | undefined,
  receiver: ConfirmationReceiver | Subscription,
): Delivery {
  const arn = topicArn(message.topic);
  const { accountId, region } = message.topic;
  const own = "attributes" in receiver ? receiver.attributes["DeliveryPolicy"] : undefined;
  const isOfNotification = message.kind === "Notification";
  const traceHeader = isOfNotification ? message.traceHeader : undefined;
  return {
    id,
    message,
    messageId,
    sequenceNumber: isOfNotification && message.isFifo ? sequenceNumber(sequence) : undefined,
    topicArn: arn,
    displayName: topic?.attributes["DisplayName"],
    signatureVersion: topic?.attributes["SignatureVersion"] === "2" ? "2" : "1",
    receiver,
    policy: effectivePolicy(topic?.attributes["DeliveryPolicy"], own),
    baseUrl: publicUrl ?? endpoint(),
    identity: {
      principal: servicePrincipal("sns.amazonaws.com", accountId),
      accountId,
      region,
      sourceArn: arn,
      ...(traceHeader !== undefined && { traceHeader }),
    },
  };
}

async function conclude(
  resources: CarryOutResources,
  due: DueTopicDelivery,
  delivery: Delivery,
  attempt: Attempt,
): Promise<DeliveryOutcome> {
  const { trail, clock, db, ending } = resources;
  const { message, messageId, receiver, policy } = delivery;
  if (attempt.kind === "delivered") {
    const { isRemoved, ...step } = attempt;
    note(trail, message.topic, receiver, messageId, step);
    return isRemoved ? over(message) : finish(resources, due, message);
  }
  // What was broken off because the server ends has not failed.
  if (ending.aborted) return { kind: "left" };
  const attempts = due.attempts + 1;
  const delayMs = attempt.isFinal ? undefined : delayAfter(attempts, isWeb(receiver) ? policy.healthyRetryPolicy : managedRetryPolicy);
  const dueAtMs = delayMs === undefined ? undefined : clock.now() + delayMs;
  const again = dueAtMs === undefined ? undefined : new Date(dueAtMs).toISOString();
  note(trail, message.topic, receiver, messageId, { kind: "refused", attempt: attempts, reason: attempt.reason, again });
  if (dueAtMs === undefined) return giveUp(resources, due, delivery, attempt);
  await db.topicDeliveries.postpone(due.id, attempts, dueAtMs);
  return { kind: "later", dueAtMs };
}

async function giveUp(resources: CarryOutResources, due: DueTopicDelivery, delivery: Delivery, failure: Failure): Promise<DeliveryOutcome> {
  const { trail, clock, db } = resources;
  const { message, messageId, receiver } = delivery;
  const queueArn = isNotification(delivery) ? delivery.receiver.settings.deadLetterTargetArn : undefined;
  if (queueArn === undefined || !isNotification(delivery)) {
    note(trail, message.topic, receiver, messageId, { kind: "given-up", reason: failure.reason });
    return finish(resources, due, message);
  }
  const sent = await sendDeadLetter(resources, delivery, queueArn, failure);
  if (sent.kind === "failed" && !sent.isFinal) {
    const dueAtMs = clock.now() + managedRetryPolicy.maxDelayTarget * 1000;
    await db.topicDeliveries.postpone(due.id, due.attempts, dueAtMs);
    return { kind: "later", dueAtMs };
  }
  const step =
    sent.kind === "delivered" ? ({ kind: "dead-lettered", queueArn } as const) : ({ kind: "given-up", reason: sent.reason } as const);
  note(trail, message.topic, receiver, messageId, step);
  if (sent.kind === "failed") resources.problem(`Message ${messageId} could not be sent to ${queueArn}: ${sent.reason}`);
  return finish(resources, due, message);
}

const over = (message: StoredMessage): DeliveryOutcome => ({ kind: "over", more: message.kind === "Notification" && message.isFifo });

async function finish({ db, clock }: CarryOutResources, due: DueTopicDelivery, message: StoredMessage): Promise<DeliveryOutcome> {
  await db.topicDeliveries.finish([due.id], clock.now());
  return over(message);
}
