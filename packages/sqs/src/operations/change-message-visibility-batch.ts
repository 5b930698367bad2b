import { failedEntry, missingParameter } from "../faults.ts";
import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { checkBatch, sortEntries } from "../messages/batch.ts";
import { changeVisibility } from "../messages/delete.ts";
import { decodeReceiptHandle } from "../messages/receipt-handle.ts";
import { checkVisibilityTimeout, visibilityFault } from "../messages/receipts.ts";
import type { SqsOperation } from "../resources.ts";

interface Entry {
  readonly Id: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout?: number | undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html */
export const changeMessageVisibilityBatch: SqsOperation<"ChangeMessageVisibilityBatch"> = {
  iam: onQueueUrl("sqs:ChangeMessageVisibility"),
  async run(resources, ctx, input) {
    checkBatch("ChangeMessageVisibilityBatchRequestEntry", input.Entries);
    const queue = await resources.queues.get(keyOf(ctx, input));
    const { good, Failed } = sortEntries(input.Entries as readonly Entry[], ({ ReceiptHandle, VisibilityTimeout }) => {
      if (VisibilityTimeout === undefined) throw missingParameter("VisibilityTimeout");
      return { ...decodeReceiptHandle(queue, ReceiptHandle), visibilityTimeoutMs: checkVisibilityTimeout(VisibilityTimeout) };
    });
    const outcomes = await changeVisibility(
      resources,
      queue,
      good.map(({ value }) => value),
    );
    const Successful: { Id: string }[] = [];
    for (const [at, { entry }] of good.entries()) {
      const fault = visibilityFault(outcomes[at] ?? "gone", entry.ReceiptHandle, entry.VisibilityTimeout ?? 0);
      if (fault === undefined) Successful.push({ Id: entry.Id });
      else Failed.push(failedEntry(entry.Id, fault));
    }
    return { Successful, Failed };
  },
};
