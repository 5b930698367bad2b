import type { ConditionKeys, IamRule, PolicyDocument, RequestContext } from "@mayfly/kernel";
import { queueArn, queueKeyOfArn, type Queue, type QueueKey } from "./queues/queue.ts";
import { queueKeyOfUrl } from "./queues/queue-url.ts";
import type { SqsResources } from "./resources.ts";
import { resourceTagKeys } from "./tags.ts";

type Rule<Input> = IamRule<SqsResources, Input>;
type KeyOf<Input> = (ctx: RequestContext, input: Input) => QueueKey;

interface NamesQueue {
  readonly QueueUrl: string | undefined;
}

const noMoreKeys = (): ConditionKeys => ({});

/** Answers at once for a queue that is in memory: a message must not wait for the database to be authorized. */
function ofQueue<T>({ queues }: SqsResources, key: QueueKey, tell: (queue: Queue | undefined) => T): T | Promise<T> {
  const known = queues.peek(key);
  return known === undefined ? queues.find(key).then(tell) : tell(known);
}

/** The queue that a request's QueueUrl names. @throws Fault InvalidAddress */
export const keyOf = (ctx: RequestContext, input: NamesQueue): QueueKey => queueKeyOfUrl(ctx, input.QueueUrl ?? "");

/**
 * The rule of an operation on a queue that other accounts may be let use by the queue's policy.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
export function onQueue<Input>(action: `sqs:${string}`, key: KeyOf<Input>): Rule<Input> {
  return {
    action,
    resource: (ctx, input) => queueArn(key(ctx, input)),
    conditionKeys: (ctx, input, resources) => ofQueue(resources, key(ctx, input as Input), (queue) => resourceTagKeys(queue?.tags ?? {})),
    resourcePolicy: (ctx, input, resources) => ofQueue(resources, key(ctx, input as Input), (queue) => queue?.policy),
  };
}

/** The same for a request that names the queue by its URL. */
export const onQueueUrl = <Input extends NamesQueue>(action: `sqs:${string}`): Rule<Input> => onQueue(action, keyOf);

/**
 * The rule of an operation that is the queue's own account's alone: other accounts' permissions do not apply to it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-customer-managed-policy-examples.html
 */
export function onOwnQueue<Input>(
  action: `sqs:${string}`,
  key: KeyOf<Input>,
  moreKeys: (input: Input) => ConditionKeys = noMoreKeys,
): Rule<Input> {
  const rule = onQueue<Input>(action, key);
  return {
    ...rule,
    conditionKeys: async (ctx, input, resources) => ({
      ...(await rule.conditionKeys(ctx, input, resources)),
      ...moreKeys(input),
    }),
    resourcePolicy: (ctx, input, resources): PolicyDocument | undefined | Promise<PolicyDocument | undefined> => {
      const named = key(ctx, input);
      return ofQueue(resources, named, (queue) => (ctx.principal.accountId === named.accountId ? queue?.policy : undefined));
    },
  };
}

/** The same for a request that names the queue by its URL. */
export const onOwnQueueUrl = <Input extends NamesQueue>(action: `sqs:${string}`, moreKeys?: (input: Input) => ConditionKeys): Rule<Input> =>
  onOwnQueue(action, keyOf, moreKeys);

/** The queue that an ARN in a request names; one that can't be is refused by the operation. */
export const keyOfArn = (ctx: RequestContext, arn: string | undefined): QueueKey =>
  queueKeyOfArn(arn ?? "") ?? { accountId: ctx.accountId, region: ctx.region, queueName: "*" };

/** The rule of an operation over all of an account's queues. */
export const onAllQueues = <Input>(action: `sqs:${string}`): Rule<Input> => ({
  action,
  resource: ({ accountId, region }) => queueArn({ accountId, region, queueName: "*" }),
  conditionKeys: noMoreKeys,
});
