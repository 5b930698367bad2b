import { Fault } from "@mayfly/kernel";
import { keyOf, onTopicArn } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { readMessage } from "../messages/read-message.ts";
import type { SnsOperation } from "../resources.ts";

/** Entries that are wrong are the whole request's failure. https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
export const publishBatch: SnsOperation<"PublishBatch"> = {
  iam: onTopicArn("SNS:Publish"),
  async run({ topics, deliveries, clock }, ctx, input) {
    const key = keyOf(ctx, input);
    const topic = topics.peek(key) ?? (await topics.get(key));
    const entries = input.PublishBatchRequestEntries;
    checkBatch(entries.map(({ Id = "" }) => Id));
    const nowMs = clock.now();
    const read = entries.map((entry) => readMessage(ctx, topic, entry, nowMs));
    if (read.reduce((sum, { bytes }) => sum + bytes, 0) > limits.messageBytes)
      throw new Fault("BatchRequestTooLongException", "The length of all the messages put together is more than the limit.");
    // All at once: what is accepted together shares one write, in this order.
    const accepted = await Promise.all(read.map(({ message }) => deliveries.accept(message, topic.subscriptions)));
    const Successful = accepted.map(({ messageId, sequenceNumber }, at) => ({
      Id: entries[at]?.Id,
      MessageId: messageId,
      ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    }));
    return { Successful, Failed: [] };
  },
};

/** @throws Fault EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
function checkBatch(ids: readonly string[]): void {
  if (ids.length === 0) throw new Fault("EmptyBatchRequestException", "The batch request doesn't contain any entries.");
  if (ids.length > limits.batchEntryCount)
    throw new Fault("TooManyEntriesInBatchRequestException", "The batch request contains more entries than permissible.");
  if (new Set(ids).size < ids.length)
    throw new Fault("BatchEntryIdsNotDistinctException", "Two or more batch entries in the request have the same Id.");
  if (!ids.every((id) => /^[\w-]+$/.test(id) && id.length <= limits.batchEntryIdCharacters))
    throw new Fault("InvalidBatchEntryIdException", "The Id of a batch entry in a batch request doesn't abide by the specification.");
}
