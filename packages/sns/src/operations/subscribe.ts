import { newUuid, type InputOf, type RequestContext } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "../faults.ts";
import { keyOf, onTopicArn } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { SnsOperation, SnsResources } from "../resources.ts";
import { withSubscriptionAttributes } from "../subscriptions/attribute-rules.ts";
import { checkEndpoint, needsConfirmation, readProtocol } from "../subscriptions/endpoints.ts";
import type { Protocol, Subscription } from "../subscriptions/subscription.ts";
import { newToken } from "../subscriptions/token.ts";
import { manyAttributes } from "../topics/attribute-rules.ts";
import { lockKey, type Attributes, type Topic } from "../topics/topic.ts";

type Input = InputOf<"sns", "Subscribe">;

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const subscribe: SnsOperation<"Subscribe"> = {
  iam: onTopicArn<Input>("SNS:Subscribe", ({ Protocol, Endpoint }) => ({
    ...(Protocol !== undefined && { "sns:Protocol": [Protocol] }),
    ...(Endpoint !== undefined && { "sns:Endpoint": [Endpoint] }),
  })),
  run(resources, ctx, input) {
    const key = keyOf(ctx, input);
    return resources.lock.run(lockKey(key), async () => {
      const protocol = readProtocol(input.Protocol);
      if (input.Endpoint === undefined) throw invalidParameter("Endpoint");
      const topic = await resources.topics.get(key);
      checkEndpoint(topic, protocol, input.Endpoint);
      const { FilterPolicyScope, ...set } = input.Attributes ?? {};
      // The scope first: the policy is read by it.
      const ordered = FilterPolicyScope === undefined ? set : { FilterPolicyScope, ...set };
      const wanted = { protocol, endpoint: input.Endpoint, attributes: ordered };
      const subscription = await sameOrNew(resources, ctx, topic, wanted);
      const isTold = subscription.isConfirmed || input.ReturnSubscriptionArn === true;
      return { SubscriptionArn: isTold ? subscription.subscriptionArn : "pending confirmation" };
    });
  },
};

interface Wanted {
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly attributes: Attributes;
}

/** A subscription that is there already is answered if what is asked for is what it has; one that waits is asked to confirm again. */
async function sameOrNew(resources: SnsResources, ctx: RequestContext, topic: Topic, wanted: Wanted): Promise<Subscription> {
  const { protocol, endpoint } = wanted;
  const attributes = withSubscriptionAttributes({ topic, protocol, endpoint }, {}, wanted.attributes, manyAttributes);
  const existing = topic.subscriptions.find((each) => each.protocol === protocol && each.endpoint === endpoint);
  if (existing !== undefined) checkSame(existing, attributes, wanted.attributes);
  const subscription =
    existing === undefined
      ? await add(resources, ctx, topic, { protocol, endpoint, attributes })
      : await withFreshToken(resources, topic, existing);
  if (!subscription.isConfirmed) await resources.deliveries.requestConfirmation(topic, subscription, ctx.endpoint);
  return subscription;
}

/** One whose token is too old to be confirmed with gets another. */
async function withFreshToken({ topics, clock }: SnsResources, topic: Topic, existing: Subscription): Promise<Subscription> {
  if (existing.isConfirmed || existing.createdAtMs + limits.tokenMs > clock.now()) return existing;
  return topics.changeSubscription(topic, existing, { token: newToken(), createdAtMs: clock.now() });
}

/** @throws Fault InvalidParameter */
function checkSame(existing: Subscription, attributes: Attributes, set: Attributes): void {
  const withDefaults: Attributes = { RawMessageDelivery: "false", ...existing.attributes };
  if (Object.keys(set).some((name) => withDefaults[name] !== attributes[name]))
    throw invalidValue("Attributes", "Subscription already exists with different attributes");
}

async function add({ topics, clock }: SnsResources, ctx: RequestContext, topic: Topic, wanted: Wanted): Promise<Subscription> {
  const isConfirmed = !needsConfirmation(wanted.protocol);
  return topics.addSubscription(topic, {
    topicId: topic.id,
    topicArn: topic.topicArn,
    subscriptionArn: `${topic.topicArn}:${newUuid()}`,
    ownerId: ctx.accountId,
    region: topic.region,
    principalArn: ctx.principal.arn,
    protocol: wanted.protocol,
    endpoint: wanted.endpoint,
    attributes: JSON.stringify(wanted.attributes),
    isConfirmed,
    isAuthenticated: isConfirmed,
    token: isConfirmed ? null : newToken(),
    createdAtMs: clock.now(),
  });
}
