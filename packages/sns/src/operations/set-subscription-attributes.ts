import { onAccount } from "../iam-rules.ts";
import type { SnsOperation } from "../resources.ts";
import { withSubscriptionAttributes } from "../subscriptions/attribute-rules.ts";
import { ownSubscription } from "../subscriptions/find.ts";
import { oneAttribute } from "../topics/attribute-rules.ts";
import { lockKey, topicKeyOfSubscription } from "../topics/topic.ts";

const action = "SNS:SetSubscriptionAttributes";

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
export const setSubscriptionAttributes: SnsOperation<"SetSubscriptionAttributes"> = {
  iam: onAccount(action),
  run(resources, ctx, input) {
    return resources.lock.run(lockKey(topicKeyOfSubscription(ctx, input.SubscriptionArn)), async () => {
      const { topic, subscription } = await ownSubscription(resources, ctx, action, input.SubscriptionArn);
      const set = { [input.AttributeName]: input.AttributeValue ?? "" };
      const attributes = withSubscriptionAttributes({ topic, ...subscription }, subscription.attributes, set, oneAttribute);
      await resources.topics.changeSubscription(topic, subscription, { attributes: JSON.stringify(attributes) });
      return {};
    });
  },
};
