import { invalidValue } from "../faults.ts";
import { onAllQueues } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import { queueUrl } from "../queues/queue.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
export const listQueues: SqsOperation<"ListQueues"> = {
  iam: onAllQueues("sqs:ListQueues"),
  async run({ queues }, ctx, input) {
    const prefix = input.QueueNamePrefix ?? "";
    if (prefix !== "" && !/^[\w.-]{1,80}$/.test(prefix))
      throw invalidValue(
        "QueueNamePrefix",
        prefix,
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.",
      );
    const { items, ...page } = await pageOf("ListQueues", input, (after, limit) => queues.list(ctx, { prefix, after, limit }));
    // Without any queue AWS leaves the list out.
    return { ...(items.length > 0 && { QueueUrls: items.map((queue) => queueUrl(ctx, queue)) }), ...page };
  },
};
