import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { sequenceNumber } from "../messages/meta.ts";
import { readMessage } from "../messages/new-message.ts";
import { storeMessages } from "../messages/send.ts";
import { tellSent } from "../messages/trail.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const sendMessage: SqsOperation<"SendMessage"> = {
  iam: onQueueUrl("sqs:SendMessage"),
  async run(resources, ctx, input) {
    const queue = await resources.queues.get(keyOf(ctx, input));
    const nowMs = resources.clock.now();
    const { message, digests } = readMessage(ctx, queue, input, nowMs);
    const all = await storeMessages(resources, queue, [message], nowMs);
    tellSent(resources, ctx, queue, [message], all);
    const [stored] = all;
    return {
      ...digests,
      MessageId: stored?.messageId ?? message.messageId,
      ...(queue.settings.isFifo && stored !== undefined && { SequenceNumber: sequenceNumber(stored.sequence) }),
    };
  },
};
