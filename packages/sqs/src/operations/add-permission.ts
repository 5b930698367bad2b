import { keyOf, onOwnQueueUrl } from "../iam-rules.ts";
import { withPermission } from "../policies/statements.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html */
export const addPermission: SqsOperation<"AddPermission"> = {
  iam: onOwnQueueUrl("sqs:AddPermission"),
  run({ queues, lock }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(key.queueName, async () => {
      const queue = await queues.get(key);
      await queues.change(queue, { attributes: { ...queue.attributes, Policy: withPermission(queue, input) } });
      return {};
    });
  },
};
