import { keyOf, onOwnQueueUrl } from "../iam-rules.ts";
import { withAttributes } from "../queues/attribute-rules.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const setQueueAttributes: SqsOperation<"SetQueueAttributes"> = {
  iam: onOwnQueueUrl("sqs:SetQueueAttributes"),
  run(resources, ctx, input) {
    const key = keyOf(ctx, input);
    const { db, queues, lock, clock, longPolls } = resources;
    return lock.run(key.queueName, async () => {
      const queue = await queues.get(key);
      const { isFifo } = queue.settings;
      const attributes = await withAttributes(resources, { ...key, isFifo }, queue.attributes, input.Attributes);
      const lastModifiedMs = Math.floor(clock.now() / 1000) * 1000;
      const changed = await queues.change(queue, { attributes, lastModifiedMs });
      if (isFifo && changed.settings.delayMs !== queue.settings.delayMs) {
        // Of FIFO queues alone a new delay holds for what is there already.
        await db.queueMessages.changeDelay(queue.id, changed.settings.delayMs);
        longPolls.wake(queue.id, 1);
      }
      return {};
    });
  },
};
