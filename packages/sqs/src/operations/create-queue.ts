import type { InputOf, RequestContext } from "@mayfly/kernel";
import { invalidParameter, queueDeletedRecently, queueNameExists, unknownAttribute } from "../faults.ts";
import { onOwnQueue } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checkAttributeNames, withAttributes } from "../queues/attribute-rules.ts";
import { queueArn, queueUrl, type Attributes, type Queue, type QueueKey } from "../queues/queue.ts";
import { effectiveAttributes } from "../queues/settings.ts";
import type { SqsOperation } from "../resources.ts";
import { requestTagKeys, withTags } from "../tags.ts";

type Input = InputOf<"sqs", "CreateQueue">;

const keyOf = ({ accountId, region }: RequestContext, { QueueName }: { QueueName: string | undefined }): QueueKey => ({
  accountId,
  region,
  queueName: QueueName ?? "",
});

/** Who tags the queue must be let do that, too. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export const createQueue: SqsOperation<"CreateQueue"> = {
  iam: onOwnQueue<Input>("sqs:CreateQueue", keyOf, ({ tags }) => requestTagKeys(tags)),
  async run(resources, ctx, input) {
    const key = keyOf(ctx, input);
    const set = (input.Attributes ?? {}) as Attributes;
    const isFifo = checkName(key.queueName, set);
    checkAttributeNames(isFifo, set);
    if (Object.keys(input.tags ?? {}).length > 0)
      await ctx.authorize({ action: "sqs:TagQueue", resource: queueArn(key), conditionKeys: requestTagKeys(input.tags) });
    const { queues, lock, clock } = resources;
    return lock.run(key.queueName, async () => {
      const existing = await queues.find(key);
      if (existing !== undefined) return { QueueUrl: queueUrl(ctx, sameQueue(existing, set)) };
      const attributes = await withAttributes(resources, { ...key, isFifo }, undefined, set);
      const deletedAtMs = await queues.deletedAtMs(key);
      if (deletedAtMs !== undefined && clock.now() < deletedAtMs + limits.deletedRecentlyMs) throw queueDeletedRecently();
      const tags = withTags({}, input.tags);
      return { QueueUrl: queueUrl(ctx, await queues.create({ ...key, attributes, tags, createdAtMs: secondOf(clock.now()) })) };
    });
  },
};

/** SQS's timestamps of queues are whole seconds. */
const secondOf = (nowMs: number): number => Math.floor(nowMs / 1000) * 1000;

/** Whether it is a FIFO queue's. @throws Fault InvalidParameterValue, InvalidAttributeName */
function checkName(name: string, { FifoQueue }: Attributes): boolean {
  const base = name.endsWith(".fifo") ? name.slice(0, -".fifo".length) : name;
  const isValid = /^[\w-]+$/.test(base) && name.length <= limits.queueNameCharacters;
  if (FifoQueue === "true") {
    if (!isValid || base === name)
      throw invalidParameter(
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
      );
    return true;
  }
  if (FifoQueue !== undefined) throw unknownAttribute("FifoQueue");
  if (!isValid || base !== name)
    throw invalidParameter("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  return false;
}

/** A queue that is there already is answered if what is asked for is what it has. @throws Fault QueueNameExists */
function sameQueue(queue: Queue, set: Attributes): Queue {
  const effective = effectiveAttributes(queue.attributes);
  const different = Object.entries(set).find(([name, value]) => (effective[name] ?? "") !== value);
  if (different !== undefined) throw queueNameExists(different[0]);
  return queue;
}
