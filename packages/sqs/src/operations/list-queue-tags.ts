import { keyOf, onOwnQueueUrl } from "../iam-rules.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html */
export const listQueueTags: SqsOperation<"ListQueueTags"> = {
  iam: onOwnQueueUrl("sqs:ListQueueTags"),
  async run({ queues }, ctx, input) {
    const { tags } = await queues.get(keyOf(ctx, input));
    return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {};
  },
};
