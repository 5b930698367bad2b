import { keyOf, onTopicArn } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { SnsOperation } from "../resources.ts";
import { shapeSubscription } from "../subscriptions/shape-subscription.ts";
import type { Subscription } from "../subscriptions/subscription.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
export const listSubscriptionsByTopic: SnsOperation<"ListSubscriptionsByTopic"> = {
  iam: onTopicArn("SNS:ListSubscriptionsByTopic"),
  async run({ topics }, ctx, input) {
    const { topicArn, subscriptions } = await topics.get(keyOf(ctx, input));
    const page = await pageOf<Subscription, number>(
      `ListSubscriptionsByTopic ${topicArn}`,
      input.NextToken,
      ({ id }) => id,
      async (after = 0, count) => subscriptions.filter(({ id }) => id > after).slice(0, count),
    );
    return { Subscriptions: page.items.map(shapeSubscription), NextToken: page.next };
  },
};
