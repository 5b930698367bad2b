/** A message that a topic accepts. */
export interface NewTopicMessage {
  /** What the publisher is told. */
  readonly messageId: string;
  /** All else that is known of it, opaque to the store: JSON. */
  readonly content: string;
  readonly acceptedAtMs: number;
  /** Of a FIFO topic's message: another one with the same key is not stored until then. */
  readonly deduplication?: { readonly topicId: number; readonly key: string; readonly untilMs: number };
  readonly deliveries: readonly NewTopicDelivery[];
}

/** What is to be delivered of a message. */
export interface NewTopicDelivery {
  readonly subscriptionId: number;
  /** Of a FIFO topic: deliveries of a group to a subscription are carried out one after the other. */
  readonly group?: string;
}

/** What was made of a message. */
export interface AcceptedTopicMessage {
  /** Of the message that was first, if this is a repetition. */
  readonly messageId: string;
  /** Grows with the order of acceptance. */
  readonly sequence: number;
  readonly isRepetition: boolean;
}

/** A delivery whose time has come. */
export interface DueTopicDelivery {
  readonly id: number;
  readonly subscriptionId: number;
  /** Those that failed. */
  readonly attempts: number;
  readonly acceptedAtMs: number;
  readonly messageId: string;
  readonly sequence: number;
  readonly content: string;
}

/** What a subscription is owed now. */
export interface DueTopicDeliveries {
  readonly deliveries: readonly DueTopicDelivery[];
  /** When the next one after them is due, if nothing changes. */
  readonly nextAtMs: number | undefined;
}

/** A mail that was "sent": it lies here for whoever looks. */
export interface NewTopicMail {
  readonly accountId: string;
  readonly region: string;
  readonly sentAtMs: number;
  /** Opaque to the store: JSON. */
  readonly content: string;
}

/** A mail as it is kept. `id` grows with the order of sending. */
export interface TopicMail extends NewTopicMail {
  readonly id: number;
}

/** What topics are to deliver, and the mails that they sent. What was answered is on disk. */
export interface TopicDeliveryStore {
  /** Stores a message once, and a delivery for each subscription. */
  accept(message: NewTopicMessage): Promise<AcceptedTopicMessage>;
  /** The subscriptions that are owed anything, and since when or from when on. */
  pending(): Promise<readonly { readonly subscriptionId: number; readonly dueAtMs: number }[]>;
  /** What a subscription is owed at a time, in order: at most `limit`, besides those that are under way. */
  due(subscriptionId: number, nowMs: number, limit: number, underWay: readonly number[]): Promise<DueTopicDeliveries>;
  /** Removes deliveries, and their messages with the last one of each. The next ones of their groups are due now. */
  finish(ids: readonly number[], nowMs: number): Promise<void>;
  /** After a failure. */
  postpone(id: number, attempts: number, dueAtMs: number): Promise<void>;
  /** Puts a mail into the outbox and removes its delivery, in one write; of an account's mails in a region the newest stay. */
  deliverMail(deliveryId: number, mail: NewTopicMail, keptCount: number): Promise<void>;
  /** Newest first. */
  mails(scope: Pick<NewTopicMail, "accountId" | "region">, beforeId: number | undefined, limit: number): Promise<readonly TopicMail[]>;
  /** Removes what is kept to recognise repetitions, where its time is over; answers how many there were. */
  forgetRepetitions(nowMs: number, limit: number): Promise<number>;
}
