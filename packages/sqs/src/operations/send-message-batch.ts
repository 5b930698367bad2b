import { batchTooLong, invalidParameter } from "../faults.ts";
import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checkBatch, sortEntries } from "../messages/batch.ts";
import { sequenceNumber } from "../messages/meta.ts";
import { checkFifoIds, readMessage, type MessageInput } from "../messages/new-message.ts";
import { storeMessages } from "../messages/send.ts";
import { tellSent } from "../messages/trail.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export const sendMessageBatch: SqsOperation<"SendMessageBatch"> = {
  iam: onQueueUrl("sqs:SendMessage"),
  async run(resources, ctx, input) {
    checkBatch("SendMessageBatchRequestEntry", input.Entries);
    const queue = await resources.queues.get(keyOf(ctx, input));
    const entries = input.Entries as readonly (MessageInput & { readonly Id: string })[];
    for (const entry of entries) checkFifoIds(queue, entry, (name) => invalidParameter(`The request must contain the parameter ${name}.`));
    const nowMs = resources.clock.now();
    const { good, Failed } = sortEntries(entries, (entry) => readMessage(ctx, queue, entry, nowMs));
    const bytes = good.reduce((sum, { value }) => sum + value.bytes, 0);
    if (bytes > limits.requestBytes) throw batchTooLong(bytes, limits.requestBytes);
    const messages = good.map(({ value }) => value.message);
    const stored = messages.length > 0 ? await storeMessages(resources, queue, messages, nowMs) : [];
    tellSent(resources, ctx, queue, messages, stored);
    const Successful = good.map(({ entry, value }, at) => ({
      Id: entry.Id,
      ...value.digests,
      MessageId: stored[at]?.messageId ?? value.message.messageId,
      ...(queue.settings.isFifo && { SequenceNumber: sequenceNumber(stored[at]?.sequence ?? 0) }),
    }));
    return { Successful, Failed };
  },
};
