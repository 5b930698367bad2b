import type { InputOf } from "@mayfly/kernel";
import { keyOf, onOwnQueueUrl } from "../iam-rules.ts";
import type { SqsOperation } from "../resources.ts";
import { requestTagKeys, withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html */
export const tagQueue: SqsOperation<"TagQueue"> = {
  iam: onOwnQueueUrl<InputOf<"sqs", "TagQueue">>("sqs:TagQueue", ({ Tags }) => requestTagKeys(Tags)),
  run({ queues, lock }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(key.queueName, async () => {
      const queue = await queues.get(key);
      await queues.change(queue, { tags: withTags(queue.tags, input.Tags) });
      return {};
    });
  },
};
