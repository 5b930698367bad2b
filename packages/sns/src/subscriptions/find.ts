import type { RequestContext } from "@mayfly/kernel";
import { subscriptionDoesNotExist } from "../faults.ts";
import type { SnsResources } from "../resources.ts";
import { topicKeyOfSubscription, type Topic } from "../topics/topic.ts";
import { checkOwner } from "./callers.ts";
import type { Subscription } from "./subscription.ts";

/** The subscription that an ARN names, if the caller may know of it. @throws Fault NotFound, InvalidParameter; AccessDenied */
export async function ownSubscription(
  { topics }: Pick<SnsResources, "topics">,
  ctx: RequestContext,
  action: string,
  arn: string,
): Promise<{ readonly topic: Topic; readonly subscription: Subscription }> {
  const topic = await topics.find(topicKeyOfSubscription(ctx, arn));
  const subscription = topic?.subscriptions.find(({ subscriptionArn }) => subscriptionArn === arn);
  if (topic === undefined || subscription === undefined) throw subscriptionDoesNotExist();
  checkOwner(ctx, action, topic, subscription);
  return { topic, subscription };
}
