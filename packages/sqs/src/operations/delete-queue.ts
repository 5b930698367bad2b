import { keyOf, onOwnQueueUrl } from "../iam-rules.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
export const deleteQueue: SqsOperation<"DeleteQueue"> = {
  iam: onOwnQueueUrl("sqs:DeleteQueue"),
  run({ queues, lock, clock, longPolls, sweep }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(key.queueName, async () => {
      const queue = await queues.get(key);
      await queues.remove(queue, clock.now());
      // Who waits there is told; its messages go by and by.
      longPolls.wake(queue.id, Infinity);
      sweep.forget(queue.id);
      return {};
    });
  },
};
