import type { Subscription as Shape } from "@mayfly/wire/sns";
import type { Subscription } from "./subscription.ts";

/** As lists have it. */
export const shapeSubscription = ({ subscriptionArn, topicArn, ownerId, protocol, endpoint, isConfirmed }: Subscription): Shape => ({
  SubscriptionArn: isConfirmed ? subscriptionArn : "PendingConfirmation",
  Owner: ownerId,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topicArn,
});
