import { onAccount } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { ownSubscription } from "../subscriptions/find.ts";
import type { Subscription } from "../subscriptions/subscription.ts";
import { effectiveSubscriptionPolicy } from "../topics/delivery-policy.ts";
import type { Attributes, Topic } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
export const getSubscriptionAttributes: SnsOperation<"GetSubscriptionAttributes"> = {
  iam: onAccount("SNS:GetSubscriptionAttributes"),
  async run(resources, ctx, input) {
    const { topic, subscription } = await ownSubscription(resources, ctx, "SNS:GetSubscriptionAttributes", input.SubscriptionArn);
    return { Attributes: describe(topic, subscription) };
  },
};

function describe(topic: Topic, subscription: Subscription): Attributes {
  const { subscriptionArn, topicArn, ownerId, principalArn, protocol, endpoint, attributes, isConfirmed, isAuthenticated } = subscription;
  const isWeb = protocol === "http" || protocol === "https";
  // A scope means nothing without a policy, and is not told.
  const { FilterPolicyScope, ...others } = attributes;
  return {
    RawMessageDelivery: "false",
    ...others,
    ...(attributes["FilterPolicy"] !== undefined && FilterPolicyScope !== undefined && { FilterPolicyScope }),
    SubscriptionArn: subscriptionArn,
    TopicArn: topicArn,
    Owner: ownerId,
    SubscriptionPrincipal: principalArn,
    Protocol: protocol,
    Endpoint: endpoint,
    PendingConfirmation: String(!isConfirmed),
    ConfirmationWasAuthenticated: String(isAuthenticated),
    ...(isWeb && {
      EffectiveDeliveryPolicy: effectiveSubscriptionPolicy(topic.attributes["DeliveryPolicy"], attributes["DeliveryPolicy"]),
    }),
  };
}
