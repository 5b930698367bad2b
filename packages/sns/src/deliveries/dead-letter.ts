import { newUuid } from "@mayfly/kernel";
import type { QueueMessage } from "../resources.ts";
import type { Attempt, DeliveryResources, NotificationDelivery } from "./protocols/protocol.ts";
import { refusal } from "./protocols/refusal.ts";
import { fifoIds, queueMessage } from "./protocols/sqs.ts";

/** What the message attributes of a queue can't hold: they are characters of XML 1.0. */
const unsendable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const reasonCharacters = 1_024;
/** No message of a queue has more attributes. */
const attributeCount = 10;

/** Why a message could not be delivered. */
export type Failure = Extract<Attempt, { readonly kind: "failed" }>;

/**
 * Sends a message that was given up to the subscription's dead-letter queue: as its endpoint would have got it, with what went wrong in the attributes.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export async function sendDeadLetter(
  resources: DeliveryResources,
  delivery: NotificationDelivery,
  queueArn: string,
  failure: Failure,
): Promise<Attempt> {
  try {
    await resources.queues.send(queueArn, delivery.identity, await deadLetter(resources, delivery, queueArn, failure));
    return { kind: "delivered" };
  } catch (error) {
    return refusal(error);
  }
}

async function deadLetter(
  resources: DeliveryResources,
  delivery: NotificationDelivery,
  queueArn: string,
  { code, reason }: Failure,
): Promise<QueueMessage> {
  const { body, attributes = {} } = await queueMessage(resources, delivery);
  const told = {
    RequestID: { dataType: "String", value: newUuid() },
    ErrorCode: { dataType: "String", value: code },
    ErrorMessage: { dataType: "String", value: reason.replaceAll(unsendable, "\uFFFD").slice(0, reasonCharacters) || code },
  };
  return { body, attributes: fitting(attributes, told), ...fifoIds(delivery.message, queueArn) };
}

type Attributes = NonNullable<QueueMessage["attributes"]>;

/** A message's own attributes go before what went wrong; of more than a queue takes, for which the message was refused, only some are kept. */
function fitting(own: Attributes, told: Attributes): Attributes {
  const count = Object.keys(own).length;
  if (count > attributeCount) return Object.fromEntries(Object.entries({ ...told, ...own }).slice(0, attributeCount));
  return count + Object.keys(told).length > attributeCount ? own : { ...own, ...told };
}
