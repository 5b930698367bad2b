import type { InputOf } from "@mayfly/kernel";
import { keyOf, onOwnQueueUrl } from "../iam-rules.ts";
import type { SqsOperation } from "../resources.ts";
import { tagKeys } from "../tags.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html */
export const untagQueue: SqsOperation<"UntagQueue"> = {
  iam: onOwnQueueUrl<InputOf<"sqs", "UntagQueue">>("sqs:UntagQueue", ({ TagKeys = [] }) => tagKeys(TagKeys)),
  run({ queues, lock }, ctx, input) {
    const key = keyOf(ctx, input);
    const gone = new Set(input.TagKeys);
    return lock.run(key.queueName, async () => {
      const queue = await queues.get(key);
      await queues.change(queue, { tags: Object.fromEntries(Object.entries(queue.tags).filter(([name]) => !gone.has(name))) });
      return {};
    });
  },
};
