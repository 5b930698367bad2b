import type { OperationTable } from "@mayfly/kernel";
import type { SqsResources } from "../resources.ts";
import { createQueue } from "./create-queue.ts";
import { deleteQueue } from "./delete-queue.ts";
import { getQueueAttributes } from "./get-queue-attributes.ts";
import { getQueueUrl } from "./get-queue-url.ts";
import { listQueues } from "./list-queues.ts";
import { setQueueAttributes } from "./set-queue-attributes.ts";

/** SQS's operations. What is not here answers as AWS does for an unknown operation. */
export const operations: OperationTable<"sqs", SqsResources> = {
  CreateQueue: createQueue,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListQueues: listQueues,
  SetQueueAttributes: setQueueAttributes,
};
