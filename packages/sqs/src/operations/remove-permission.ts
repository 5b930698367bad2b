import { keyOf, onOwnQueueUrl } from "../iam-rules.ts";
import { withoutPermission } from "../policies/statements.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html */
export const removePermission: SqsOperation<"RemovePermission"> = {
  iam: onOwnQueueUrl("sqs:RemovePermission"),
  run({ queues, lock }, ctx, input) {
    const key = keyOf(ctx, input);
    return lock.run(key.queueName, async () => {
      const queue = await queues.get(key);
      const left = withoutPermission(queue, input.Label);
      const { Policy: _before, ...others } = queue.attributes;
      await queues.change(queue, { attributes: left === undefined ? others : { ...others, Policy: left } });
      return {};
    });
  },
};
