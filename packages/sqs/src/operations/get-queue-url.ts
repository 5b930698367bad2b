import type { RequestContext } from "@mayfly/kernel";
import { onQueue } from "../iam-rules.ts";
import { queueUrl, type QueueKey } from "../queues/queue.ts";
import type { SqsOperation } from "../resources.ts";

interface NamesQueue {
  readonly QueueName: string | undefined;
  readonly QueueOwnerAWSAccountId?: string | undefined;
}

const keyOf = ({ accountId, region }: RequestContext, { QueueName, QueueOwnerAWSAccountId }: NamesQueue): QueueKey => ({
  accountId: QueueOwnerAWSAccountId ?? accountId,
  region,
  queueName: QueueName ?? "",
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export const getQueueUrl: SqsOperation<"GetQueueUrl"> = {
  iam: onQueue("sqs:GetQueueUrl", keyOf),
  run: async ({ queues }, ctx, input) => ({ QueueUrl: queueUrl(ctx, await queues.get(keyOf(ctx, input))) }),
};
