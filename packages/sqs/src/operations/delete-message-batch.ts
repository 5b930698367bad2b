import { failedEntry } from "../faults.ts";
import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { checkBatch, sortEntries } from "../messages/batch.ts";
import { deleteMessages } from "../messages/delete.ts";
import { decodeReceiptHandle } from "../messages/receipt-handle.ts";
import { deletionFault } from "../messages/receipts.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html */
export const deleteMessageBatch: SqsOperation<"DeleteMessageBatch"> = {
  iam: onQueueUrl("sqs:DeleteMessage"),
  async run(resources, ctx, input) {
    checkBatch("DeleteMessageBatchRequestEntry", input.Entries);
    const queue = await resources.queues.get(keyOf(ctx, input));
    const entries = input.Entries as readonly { readonly Id: string; readonly ReceiptHandle: string }[];
    const { good, Failed } = sortEntries(entries, ({ ReceiptHandle }) => decodeReceiptHandle(queue, ReceiptHandle));
    const outcomes = await deleteMessages(
      resources,
      queue,
      good.map(({ value }) => value),
    );
    const Successful: { Id: string }[] = [];
    for (const [at, { entry }] of good.entries()) {
      const fault = deletionFault(outcomes[at] ?? "gone", entry.ReceiptHandle, queue.settings.isFifo);
      if (fault === undefined) Successful.push({ Id: entry.Id });
      else Failed.push(failedEntry(entry.Id, fault));
    }
    return { Successful, Failed };
  },
};
