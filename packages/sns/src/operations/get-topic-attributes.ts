import { keyOf, onTopicArn } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { effectiveTopicPolicy } from "../topics/delivery-policy.ts";
import type { Attributes, Topic } from "../topics/topic.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export const getTopicAttributes: SnsOperation<"GetTopicAttributes"> = {
  iam: onTopicArn("SNS:GetTopicAttributes"),
  run: async ({ topics }, ctx, input) => ({ Attributes: describe(await topics.get(keyOf(ctx, input))) }),
};

function describe(topic: Topic): Attributes {
  const confirmed = topic.subscriptions.filter(({ isConfirmed }) => isConfirmed).length;
  return {
    DisplayName: "",
    Policy: JSON.stringify(topic.policy),
    ...topic.attributes,
    TopicArn: topic.topicArn,
    Owner: topic.accountId,
    EffectiveDeliveryPolicy: effectiveTopicPolicy(topic.attributes["DeliveryPolicy"]),
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(topic.subscriptions.length - confirmed),
    SubscriptionsDeleted: String(topic.deletedSubscriptionCount),
    ...(topic.attributes["ArchivePolicy"] !== undefined && { BeginningArchiveTime: new Date(topic.createdAtMs).toISOString() }),
  };
}
