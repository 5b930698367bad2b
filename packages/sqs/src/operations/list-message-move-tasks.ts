import type { MoveTaskRow } from "@mayfly/db";
import { invalidValue, resourceNotFound } from "../faults.ts";
import { keyOfArn, onOwnQueue } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { encodeTaskHandle } from "../move-tasks/task-handle.ts";
import type { SqsOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListMessageMoveTasks.html */
export const listMessageMoveTasks: SqsOperation<"ListMessageMoveTasks"> = {
  iam: onOwnQueue<{ SourceArn: string | undefined }>("sqs:ListMessageMoveTasks", (ctx, { SourceArn }) => keyOfArn(ctx, SourceArn)),
  async run({ db, queues }, ctx, { SourceArn, MaxResults = 1 }) {
    if (MaxResults < 1 || MaxResults > limits.moveTaskListCount)
      throw invalidValue("MaxResults", MaxResults, `Must be between 1 and ${limits.moveTaskListCount}, if provided.`);
    const queue = await queues.find(keyOfArn(ctx, SourceArn));
    if (queue === undefined) throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    return { Results: (await db.queueMessages.moveTasks(SourceArn, MaxResults)).map(shapeTask) };
  },
};

const shapeTask = (task: MoveTaskRow) => ({
  // Only what runs can be cancelled.
  ...(task.status === "RUNNING" && { TaskHandle: encodeTaskHandle(task.id, task.sourceArn) }),
  Status: task.status,
  SourceArn: task.sourceArn,
  ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
  ...(task.messagesPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.messagesPerSecond }),
  ApproximateNumberOfMessagesMoved: task.movedCount,
  ApproximateNumberOfMessagesToMove: task.toMoveCount,
  ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
  StartedTimestamp: task.startedAtMs,
});
