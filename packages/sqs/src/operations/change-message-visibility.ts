import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { changeVisibility } from "../messages/delete.ts";
import { decodeReceiptHandle } from "../messages/receipt-handle.ts";
import { checkVisibilityTimeout, visibilityFault } from "../messages/receipts.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export const changeMessageVisibility: SqsOperation<"ChangeMessageVisibility"> = {
  iam: onQueueUrl("sqs:ChangeMessageVisibility"),
  async run(resources, ctx, input) {
    const visibilityTimeoutMs = checkVisibilityTimeout(input.VisibilityTimeout);
    const queue = await resources.queues.get(keyOf(ctx, input));
    const receipt = decodeReceiptHandle(queue, input.ReceiptHandle);
    const [outcome = "gone"] = await changeVisibility(resources, queue, [{ ...receipt, visibilityTimeoutMs }]);
    const fault = visibilityFault(outcome, input.ReceiptHandle, input.VisibilityTimeout);
    if (fault !== undefined) throw fault;
    return {};
  },
};
