import { createHash } from "node:crypto";
import { confirmation } from "../envelopes/confirmation.ts";
import { renderEnvelope } from "../envelopes/envelope.ts";
import { notification } from "../envelopes/notification.ts";
import type { KeptAttribute } from "../../messages/published-message.ts";
import type { QueueMessage } from "../../resources.ts";
import { textFor, type StoredNotification } from "../stored-message.ts";
import type { Attempt, Delivery, DeliveryResources, NotificationDelivery, ProtocolSender } from "./protocol.ts";
import { refusal } from "./refusal.ts";

/** https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html */
export const sqsSender: ProtocolSender = {
  notify: async (resources, delivery) => send(resources, delivery, await queueMessage(resources, delivery)),
  confirm: async (resources, delivery) => {
    const { message, messageId, signatureVersion } = delivery;
    return send(resources, delivery, { body: renderEnvelope(await confirmation(resources.sign, message, messageId, signatureVersion)) });
  },
};

/** What a queue is sent of a message: the envelope or, raw, the message itself with its attributes. */
export async function queueMessage({ sign }: DeliveryResources, delivery: NotificationDelivery): Promise<QueueMessage> {
  const { message, receiver } = delivery;
  const ids = fifoIds(message, receiver.endpoint);
  if (receiver.settings.isRaw) return { body: textFor(message.texts, "sqs"), attributes: queueAttributes(message.attributes), ...ids };
  return { body: renderEnvelope(await notification(sign, { ...delivery, ...receiver })), ...ids };
}

const queueAttributes = (attributes: Readonly<Record<string, KeptAttribute>>): NonNullable<QueueMessage["attributes"]> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, text, base64 }]) => [
      name,
      { dataType: type, value: text ?? Buffer.from(base64 ?? "", "base64") },
    ]),
  );

/** A FIFO queue gets both of a FIFO topic's; a standard queue only a standard topic's group, with which it is shared fairly: as recorded. */
export function fifoIds(
  { isFifo, groupId, deduplicationId, texts }: StoredNotification,
  queue: string,
): Pick<QueueMessage, "groupId" | "deduplicationId"> {
  if (!queue.endsWith(".fifo")) return isFifo ? {} : { groupId };
  return {
    groupId,
    ...(isFifo && { deduplicationId: deduplicationId ?? createHash("sha256").update(textFor(texts, "sqs")).digest("hex") }),
  };
}

async function send({ queues }: DeliveryResources, { receiver, identity }: Delivery, message: QueueMessage): Promise<Attempt> {
  try {
    return { kind: "delivered", messageId: await queues.send(receiver.endpoint, identity, message) };
  } catch (error) {
    return refusal(error);
  }
}
