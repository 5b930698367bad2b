import { Fault, type InputOf, type PolicyDocument, type RequestContext } from "@mayfly/kernel";
import { invalidParameter, topicDoesNotExist } from "../faults.ts";
import { onTopic } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { SnsOperation, SnsResources } from "../resources.ts";
import { isByLink } from "../subscriptions/callers.ts";
import type { Subscription } from "../subscriptions/subscription.ts";
import { checkToken } from "../subscriptions/token.ts";
import { lockKey, topicKeyOfArn, type Topic, type TopicKey } from "../topics/topic.ts";

type Input = InputOf<"sns", "ConfirmSubscription">;

/** A link may name a topic of any region. @throws Fault InvalidParameter */
function keyOf(ctx: RequestContext, { TopicArn = "" }: { readonly TopicArn: string | undefined }): TopicKey {
  const region = isByLink(ctx) ? (TopicArn.split(":")[3] ?? "") : ctx.region;
  try {
    return topicKeyOfArn({ region }, TopicArn);
  } catch {
    throw invalidParameter("Topic");
  }
}

const onConfirmed = onTopic<Input>("SNS:ConfirmSubscription", keyOf);

/** Who follows the link in the message has its token, and needs no other permission. */
const byToken: PolicyDocument = {
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: "*", Action: "SNS:ConfirmSubscription", Resource: "*" },
};

/** https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
export const confirmSubscription: SnsOperation<"ConfirmSubscription"> = {
  iam: {
    ...onConfirmed,
    resourcePolicy: (ctx, input, resources) => (isByLink(ctx) ? byToken : onConfirmed.resourcePolicy?.(ctx, input, resources)),
  },
  run(resources, ctx, input) {
    const key = keyOf(ctx, input);
    checkToken(input.Token);
    return resources.lock.run(lockKey(key), async () => {
      const topic = await resources.topics.find(key);
      if (topic === undefined) throw topicDoesNotExist();
      const isAuthenticated = !isByLink(ctx) && input.AuthenticateOnUnsubscribe?.toLowerCase() === "true";
      const { subscriptionArn } = await confirm(resources, topic, input.Token, isAuthenticated);
      return { SubscriptionArn: subscriptionArn };
    });
  },
};

const invalidToken = (): Fault => new Fault("InvalidParameterException", "Invalid token");

/** A token confirms as often as it is used; the first time says who may unsubscribe. @throws Fault InvalidParameter */
async function confirm({ topics, clock }: SnsResources, topic: Topic, token: string, isAuthenticated: boolean): Promise<Subscription> {
  const subscription = topic.subscriptions.find((each) => each.token === token);
  if (subscription?.isConfirmed) return subscription;
  if (subscription !== undefined) {
    if (subscription.createdAtMs + limits.tokenMs < clock.now()) throw invalidToken();
    return topics.changeSubscription(topic, subscription, { isConfirmed: true, isAuthenticated });
  }
  const ended = await topics.findEnded(topic, token);
  if (ended === undefined || ended.endedAtMs + limits.tokenMs < clock.now()) throw invalidToken();
  return topics.restoreSubscription(topic, ended.subscription);
}
