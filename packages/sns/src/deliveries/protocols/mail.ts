import { limits } from "../../limits.ts";
import { confirmation } from "../envelopes/confirmation.ts";
import { renderEnvelope } from "../envelopes/envelope.ts";
import { confirmationMails, notificationMail, type MailText } from "../envelopes/mail.ts";
import { notification } from "../envelopes/notification.ts";
import { textFor } from "../stored-message.ts";
import type { Attempt, Delivery, DeliveryResources, ProtocolSender } from "./protocol.ts";

/** A mail as it lies in the outbox: JSON. */
export interface OutboxMail extends MailText {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly kind: string;
}

/** For people. No mail leaves this machine: it lies in the outbox. */
export const emailSender: ProtocolSender = {
  notify: async (resources, delivery) => {
    const { message, receiver, baseUrl } = delivery;
    return put(resources, delivery, notificationMail(message.subject, textFor(message.texts, "email"), baseUrl, receiver.subscriptionArn));
  },
  confirm: async (resources, delivery) => put(resources, delivery, confirmationMails[delivery.message.kind](delivery.message)),
};

/** For programs: the envelope. */
export const emailJsonSender: ProtocolSender = {
  notify: async (resources, delivery) => {
    const { message, receiver, baseUrl } = delivery;
    const text = renderEnvelope(await notification(resources.sign, { ...delivery, ...receiver }));
    return put(resources, delivery, { ...notificationMail(message.subject, "", baseUrl, receiver.subscriptionArn), text });
  },
  confirm: async (resources, delivery) => {
    const { message, messageId, signatureVersion } = delivery;
    const text = renderEnvelope(await confirmation(resources.sign, message, messageId, signatureVersion));
    return put(resources, delivery, { ...confirmationMails[message.kind](message), text });
  },
};

async function put({ db, clock }: DeliveryResources, delivery: Delivery, mail: MailText): Promise<Attempt> {
  const { id, message, messageId, topicArn, receiver, displayName } = delivery;
  const content: OutboxMail = {
    ...mail,
    from: `${displayName ?? "AWS Notifications"} <no-reply@sns.amazonaws.com>`,
    to: receiver.endpoint,
    messageId,
    topicArn,
    subscriptionArn: receiver.subscriptionArn,
    kind: message.kind,
  };
  const { accountId, region } = message.topic;
  const kept = { accountId, region, sentAtMs: clock.now(), content: JSON.stringify(content) };
  await db.topicDeliveries.deliverMail(id, kept, limits.keptMailCount);
  return { kind: "delivered", isRemoved: true };
}
