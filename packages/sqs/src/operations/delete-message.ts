import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { deleteMessages } from "../messages/delete.ts";
import { decodeReceiptHandle } from "../messages/receipt-handle.ts";
import { deletionFault } from "../messages/receipts.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export const deleteMessage: SqsOperation<"DeleteMessage"> = {
  iam: onQueueUrl("sqs:DeleteMessage"),
  async run(resources, ctx, input) {
    const queue = await resources.queues.get(keyOf(ctx, input));
    const [outcome = "gone"] = await deleteMessages(resources, queue, [decodeReceiptHandle(queue, input.ReceiptHandle)]);
    const fault = deletionFault(outcome, input.ReceiptHandle, queue.settings.isFifo);
    if (fault !== undefined) throw fault;
    return {};
  },
};
