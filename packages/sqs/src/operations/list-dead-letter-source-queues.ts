import { keyOf, onQueueUrl } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import { queueArn, queueUrl } from "../queues/queue.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html */
export const listDeadLetterSourceQueues: SqsOperation<"ListDeadLetterSourceQueues"> = {
  iam: onQueueUrl("sqs:ListDeadLetterSourceQueues"),
  async run({ queues }, ctx, input) {
    const queue = await queues.get(keyOf(ctx, input));
    const { items, ...page } = await pageOf("ListDeadLetterSourceQueues", input, (after, limit) =>
      queues.sourcesOf(queue, queueArn(queue), { after, limit }),
    );
    return { queueUrls: items.map((source) => queueUrl(ctx, source)), ...page };
  },
};
