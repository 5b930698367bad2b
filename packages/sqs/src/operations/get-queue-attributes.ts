import { unknownAttribute } from "../faults.ts";
import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { readableAttributes } from "../queues/attribute-rules.ts";
import { queueArn, type Attributes, type Queue } from "../queues/queue.ts";
import { effectiveAttributes } from "../queues/settings.ts";
import type { SqsOperation, SqsResources } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export const getQueueAttributes: SqsOperation<"GetQueueAttributes"> = {
  iam: onQueueUrl("sqs:GetQueueAttributes"),
  async run(resources, ctx, input) {
    const queue = await resources.queues.get(keyOf(ctx, input));
    const names: readonly string[] = input.AttributeNames ?? [];
    const unknown = names.find((name) => name !== "All" && !readableAttributes.has(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    if (names.length === 0) return {};
    const all = { ...describe(queue), ...(await countsOf(resources, queue, names)) };
    const wanted = names.includes("All") ? all : Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
    return Object.keys(wanted).length > 0 ? { Attributes: wanted } : {};
  },
};

const describe = (queue: Queue): Attributes => ({
  QueueArn: queueArn(queue),
  CreatedTimestamp: String(queue.createdAtMs / 1000),
  LastModifiedTimestamp: String(queue.lastModifiedMs / 1000),
  ...effectiveAttributes(queue.attributes),
});

/** More are left to the sweep. */
const expiredAtOnce = 1_000;

const countPrefix = "ApproximateNumberOfMessages";

/** Asked of the messages only if somebody wants to know. */
async function countsOf({ db, clock }: SqsResources, queue: Queue, names: readonly string[]): Promise<Attributes> {
  if (!names.some((name) => name === "All" || name.startsWith(countPrefix))) return {};
  const nowMs = clock.now();
  await db.queueMessages.expire(queue.id, nowMs - queue.settings.retentionMs, expiredAtOnce);
  const { visible, inFlight, delayed } = await db.queueMessages.counts(queue.id, nowMs);
  return { [countPrefix]: String(visible), [`${countPrefix}NotVisible`]: String(inFlight), [`${countPrefix}Delayed`]: String(delayed) };
}
