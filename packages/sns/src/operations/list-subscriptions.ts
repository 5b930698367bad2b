import { onAccount } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { SnsOperation } from "../resources.ts";
import { shapeSubscription } from "../subscriptions/shape-subscription.ts";
import type { Subscription } from "../subscriptions/subscription.ts";

/** The caller's, whosever the topics are. https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html */
export const listSubscriptions: SnsOperation<"ListSubscriptions"> = {
  iam: onAccount("SNS:ListSubscriptions"),
  async run({ topics }, ctx, { NextToken }) {
    const page = await pageOf<Subscription, number>(
      "ListSubscriptions",
      NextToken,
      ({ id }) => id,
      (after, limit) => topics.listSubscriptions(ctx, { after, limit }),
    );
    return { Subscriptions: page.items.map(shapeSubscription), NextToken: page.next };
  },
};
