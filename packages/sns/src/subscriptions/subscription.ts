import type { FilterPolicy } from "../filter-policies/filter-policy.ts";
import type { Attributes } from "../topics/topic.ts";

/** How a subscription is delivered to. */
export type Protocol = "application" | "email" | "email-json" | "firehose" | "http" | "https" | "lambda" | "sms" | "sqs";

/** A subscription as it is kept: immutable, replaced when it changes. */
export interface Subscription {
  readonly id: number;
  readonly topicId: number;
  readonly topicArn: string;
  /** `TOPIC-ARN:UUID` */
  readonly subscriptionArn: string;
  /** The account that subscribed. */
  readonly ownerId: string;
  /** Of the topic and the subscription. */
  readonly region: string;
  /** Who subscribed. */
  readonly principalArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** Those that were set. */
  readonly attributes: Attributes;
  readonly isConfirmed: boolean;
  /** Whether only its owner, or the topic's, may end it. */
  readonly isAuthenticated: boolean;
  /** Of the request to confirm. */
  readonly token: string | undefined;
  readonly createdAtMs: number;
  /** What the attributes say, ready to be used. */
  readonly settings: SubscriptionSettings;
}

/** A subscription's attributes as the code works with them. */
export interface SubscriptionSettings {
  readonly isRaw: boolean;
  /** Undefined: every message fits. */
  readonly filterPolicy: FilterPolicy | undefined;
  readonly deadLetterTargetArn: string | undefined;
}
