import { invalidValue } from "../faults.ts";
import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checkVisibilityTimeout } from "../messages/receipts.ts";
import { receiveMessages } from "../messages/receive.ts";
import { readWanted, shapeMessage } from "../messages/shape-message.ts";
import { tellTaken } from "../messages/trail.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export const receiveMessage: SqsOperation<"ReceiveMessage"> = {
  iam: onQueueUrl("sqs:ReceiveMessage"),
  async run(resources, ctx, input) {
    const { MaxNumberOfMessages: count = 1, WaitTimeSeconds, VisibilityTimeout, ReceiveRequestAttemptId } = input;
    if (count < 1 || count > limits.receiveCount)
      throw invalidValue("MaxNumberOfMessages", count, `Must be between 1 and ${limits.receiveCount}, if provided.`);
    if (WaitTimeSeconds !== undefined && (WaitTimeSeconds < 0 || WaitTimeSeconds * 1000 > limits.waitMs))
      throw invalidValue("WaitTimeSeconds", WaitTimeSeconds, `Must be >= 0 and <= ${limits.waitMs / 1000}, if provided.`);
    const attributes = readWanted(input);
    const { queue, messages } = await receiveMessages(resources, ctx, keyOf(ctx, input), {
      count,
      visibilityTimeoutMs: VisibilityTimeout === undefined ? undefined : checkVisibilityTimeout(VisibilityTimeout),
      waitMs: WaitTimeSeconds === undefined ? undefined : WaitTimeSeconds * 1000,
      attemptId: ReceiveRequestAttemptId,
    });
    tellTaken(resources, ctx, queue, messages);
    return messages.length === 0 ? {} : { Messages: messages.map((message) => shapeMessage(queue, message, attributes)) };
  },
};
