import type { ConditionKeys, IamRule, RequestContext } from "@mayfly/kernel";
import type { SnsResources } from "./resources.ts";
import { resourceTagKeys } from "./tags.ts";
import { topicArn, topicKeyOfArn, type Topic, type TopicKey } from "./topics/topic.ts";

type Rule<Input> = IamRule<SnsResources, Input>;
type KeyOf<Input> = (ctx: RequestContext, input: Input) => TopicKey;

interface NamesTopic {
  readonly TopicArn: string | undefined;
}
interface NamesResource {
  readonly ResourceArn: string | undefined;
}

const noMoreKeys = (): ConditionKeys => ({});

/** Answers at once for a topic that is in memory: a message must not wait for the database to be authorized. */
function ofTopic<T>({ topics }: SnsResources, key: TopicKey, tell: (topic: Topic | undefined) => T): T | Promise<T> {
  const known = topics.peek(key);
  return known === undefined ? topics.find(key).then(tell) : tell(known);
}

/** The topic that a request's TopicArn names. @throws Fault InvalidParameter */
export const keyOf = (ctx: RequestContext, { TopicArn }: NamesTopic): TopicKey => topicKeyOfArn(ctx, TopicArn ?? "");

/** The topic that a request's ResourceArn names. @throws Fault InvalidParameter */
export const keyOfResource = (ctx: RequestContext, { ResourceArn }: NamesResource): TopicKey =>
  topicKeyOfArn(ctx, ResourceArn ?? "", "ResourceArn");

/**
 * The rule of an operation on a topic that other accounts may be let use by the topic's policy.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
 */
export function onTopic<Input>(
  action: `SNS:${string}`,
  key: KeyOf<Input>,
  moreKeys: (input: Input) => ConditionKeys = noMoreKeys,
): Rule<Input> {
  return {
    action,
    resource: (ctx, input) => topicArn(key(ctx, input)),
    conditionKeys: (ctx, input, resources) =>
      ofTopic(resources, key(ctx, input), (topic) => ({ ...resourceTagKeys(topic?.tags ?? {}), ...moreKeys(input) })),
    resourcePolicy: (ctx, input, resources) => ofTopic(resources, key(ctx, input), (topic) => topic?.policy),
  };
}

/** The same for a request that names the topic by its ARN. */
export const onTopicArn = <Input extends NamesTopic>(action: `SNS:${string}`, moreKeys?: (input: Input) => ConditionKeys): Rule<Input> =>
  onTopic(action, keyOf, moreKeys);

/** The same for a request that names it as a ResourceArn. */
export const onResourceArn = <Input extends NamesResource>(
  action: `SNS:${string}`,
  moreKeys?: (input: Input) => ConditionKeys,
): Rule<Input> => onTopic(action, keyOfResource, moreKeys);

/** The rule of an operation that AWS knows no resource of. */
export const onAccount = <Input>(action: `SNS:${string}`): Rule<Input> => ({ action, resource: () => "*", conditionKeys: noMoreKeys });
