import { purgeInProgress } from "../faults.ts";
import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
export const purgeQueue: SqsOperation<"PurgeQueue"> = {
  iam: onQueueUrl("sqs:PurgeQueue"),
  async run({ db, queues, lock, clock, sweep }, ctx, input) {
    const key = keyOf(ctx, input);
    const queue = await lock.run(key.queueName, async () => {
      const found = await queues.get(key);
      const nowMs = clock.now();
      if (found.purgedAtMs !== undefined && nowMs < found.purgedAtMs + limits.purgeIntervalMs) throw purgeInProgress(key.queueName);
      return queues.change(found, { purgedAtMs: nowMs });
    });
    await sweep.removeUpTo(queue.id, await db.queueMessages.lastId());
    return {};
  },
};
