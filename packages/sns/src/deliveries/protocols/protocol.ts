import type { Identity } from "@mayfly/kernel";
import type { SnsGiven } from "../../resources.ts";
import type { Subscription } from "../../subscriptions/subscription.ts";
import type { EffectivePolicy } from "../../topics/delivery-policy.ts";
import type { SignatureVersion, Signer } from "../signing/sign.ts";
import type { ConfirmationReceiver, StoredConfirmation, StoredMessage, StoredNotification } from "../stored-message.ts";

/** What a delivery is made with. */
export type DeliveryResources = Pick<SnsGiven, "callAs" | "clock" | "db" | "queues"> & {
  readonly sign: Signer;
  /** Aborted when the server ends. */
  readonly ending: AbortSignal;
};

/** A delivery that is to be carried out. */
export interface Delivery<M extends StoredMessage = StoredMessage, R extends ConfirmationReceiver = ConfirmationReceiver> {
  /** In the store. */
  readonly id: number;
  readonly message: M;
  readonly messageId: string;
  readonly sequenceNumber: string | undefined;
  readonly topicArn: string;
  readonly displayName: string | undefined;
  readonly signatureVersion: SignatureVersion;
  readonly receiver: R;
  /** Of an HTTP endpoint. */
  readonly policy: EffectivePolicy;
  readonly baseUrl: string;
  /** SNS itself, on the topic's behalf. */
  readonly identity: Identity;
}

/** Of a published message, to a subscription. */
export type NotificationDelivery = Delivery<StoredNotification, Subscription>;
export type ConfirmationDelivery = Delivery<StoredConfirmation>;

/** What came of an attempt. */
export type Attempt =
  /** `requestId` is that of the function's invocation, `messageId` the queue's. `isRemoved`: the delivery is gone from the store already. */
  | { readonly kind: "delivered"; readonly requestId?: string; readonly messageId?: string; readonly isRemoved?: true }
  /** `isFinal`: another attempt would fare no better. */
  | { readonly kind: "failed"; readonly code: string; readonly reason: string; readonly isFinal: boolean };

/** How messages get to endpoints of a kind. Whatever is thrown and is no `Attempt` is a failure of this server's own. */
export interface ProtocolSender {
  readonly notify: (resources: DeliveryResources, delivery: NotificationDelivery) => Promise<Attempt>;
  readonly confirm: (resources: DeliveryResources, delivery: ConfirmationDelivery) => Promise<Attempt>;
}
