import { AccessDenied, type InputOf, type PolicyDocument, type RequestContext } from "@mayfly/kernel";
import { invalidValue } from "../faults.ts";
import type { SnsOperation, SnsResources } from "../resources.ts";
import { checkOwner, isByLink } from "../subscriptions/callers.ts";
import type { Subscription } from "../subscriptions/subscription.ts";
import { needsConfirmation } from "../subscriptions/endpoints.ts";
import { newToken } from "../subscriptions/token.ts";
import { lockKey, topicKeyOfSubscription, type Topic, type TopicKey } from "../topics/topic.ts";

type Input = InputOf<"sns", "Unsubscribe">;

/** A link may name a topic of any region. @throws Fault InvalidParameter */
function keyOf(ctx: RequestContext, { SubscriptionArn = "" }: { readonly SubscriptionArn: string | undefined }): TopicKey {
  if (SubscriptionArn === "") throw invalidValue("SubscriptionArn", "no value for required parameter");
  const region = isByLink(ctx) ? (SubscriptionArn.split(":")[3] ?? "") : ctx.region;
  return topicKeyOfSubscription({ region }, SubscriptionArn);
}

/** Whoever was sent the message may end its deliveries, unless who confirmed them has forbidden that. */
const byLink: PolicyDocument = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: "*", Action: "SNS:Unsubscribe", Resource: "*" },
};

/** A subscription that isn't there is no error. https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html */
export const unsubscribe: SnsOperation<"Unsubscribe"> = {
  iam: {
    action: "SNS:Unsubscribe",
    resource: (ctx, input: Pick<Input, "SubscriptionArn">) => (keyOf(ctx, { SubscriptionArn: input.SubscriptionArn }), "*"),
    conditionKeys: () => ({}),
    resourcePolicy: (ctx) => (isByLink(ctx) ? byLink : undefined),
  },
  run(resources, ctx, input) {
    const key = keyOf(ctx, input);
    return resources.lock.run(lockKey(key), async () => {
      const topic = await resources.topics.find(key);
      const subscription = topic?.subscriptions.find(({ subscriptionArn }) => subscriptionArn === input.SubscriptionArn);
      if (topic !== undefined && subscription !== undefined) await end(resources, ctx, topic, subscription);
      return {};
    });
  },
};

async function end({ topics, deliveries, clock }: SnsResources, ctx: RequestContext, topic: Topic, subscription: Subscription) {
  if (isByLink(ctx) && subscription.isAuthenticated)
    throw new AccessDenied(
      `User: ${ctx.principal.arn} is not authorized to perform: SNS:Unsubscribe on resource: ${subscription.subscriptionArn}`,
    );
  if (!isByLink(ctx)) checkOwner(ctx, "SNS:Unsubscribe", topic, subscription);
  if (!isByLink(ctx) || !subscription.isConfirmed || !needsConfirmation(subscription.protocol))
    return topics.endSubscription(topic, subscription);
  // The endpoint is told, and may have it back.
  const token = newToken();
  await topics.endSubscription(topic, subscription, { token, endedAtMs: clock.now() });
  await deliveries.confirmUnsubscription(topic, { ...subscription, token }, ctx.endpoint);
}
