import type { PublishedMessage } from "../messages/published-message.ts";
import type { Subscription } from "../subscriptions/subscription.ts";
import type { Topic } from "../topics/topic.ts";

/** What the publisher of a message is told. */
export interface Accepted {
  /** Of the message that was first, if this is a repetition. */
  readonly messageId: string;
  /** Of a FIFO topic: 20 digits, which grow. */
  readonly sequenceNumber: string | undefined;
}

/** Carries messages to their subscribers. */
export interface Deliveries {
  /**
   * Stores a message and what is to be delivered of it to each subscription that is confirmed and whose filter policy it fits, in one
   * durable write; a repetition is stored for nobody. Messages are accepted in the order of the calls.
   */
  accept(message: PublishedMessage, subscriptions: readonly Subscription[]): Promise<Accepted>;
  /** Asks a new subscription's endpoint to confirm: durable when it resolves. `endpoint` is this server's own, for the links. */
  requestConfirmation(topic: Topic, subscription: Subscription, endpoint: string): Promise<void>;
  /** Tells an endpoint that its subscription was ended by a request that was not signed. */
  confirmUnsubscription(topic: Topic, subscription: Subscription, endpoint: string): Promise<void>;
  /** The certificate that is at a path of this server, in PEM; undefined if none is. */
  certificate(path: string): Promise<string | undefined>;
  /** Goes on with what is left from before. */
  start(): Promise<void>;
  /** Ends what runs in the background; what was not delivered is at the next start. */
  close(): Promise<void>;
}
