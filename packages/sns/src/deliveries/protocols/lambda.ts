import { newUuid } from "@mayfly/kernel";
import { confirmation } from "../envelopes/confirmation.ts";
import { lambdaEvent } from "../envelopes/lambda-event.ts";
import { asOwnRegion } from "./identity.ts";
import type { Attempt, Delivery, DeliveryResources, ProtocolSender } from "./protocol.ts";
import { refusal } from "./refusal.ts";

/**
 * Functions run by their asynchronous events, with these's own retries and destinations.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
 */
export const lambdaSender: ProtocolSender = {
  notify: async (resources, delivery) =>
    invoke(resources, delivery, await lambdaEvent(resources.sign, { ...delivery, ...delivery.receiver })),
  confirm: async (resources, delivery) => {
    const { message, messageId, signatureVersion, receiver } = delivery;
    const Sns = await confirmation(resources.sign, message, messageId, signatureVersion);
    const record = { EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: receiver.subscriptionArn, Sns };
    return invoke(resources, delivery, { Records: [record] });
  },
};

async function invoke({ callAs }: DeliveryResources, { receiver, identity }: Delivery, event: object): Promise<Attempt> {
  const requestId = newUuid();
  try {
    const caller = callAs({ ...asOwnRegion(identity, receiver.endpoint), requestId });
    await caller("lambda", "Invoke", {
      FunctionName: receiver.endpoint,
      InvocationType: "Event",
      Payload: Buffer.from(JSON.stringify(event)),
    });
    return { kind: "delivered", requestId };
  } catch (error) {
    return refusal(error);
  }
}
