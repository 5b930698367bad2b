import type { RequestContext } from "@mayfly/kernel";
import { invalidParameter, resourceNotFound } from "../faults.ts";
import { keyOfArn, onOwnQueue } from "../iam-rules.ts";
import { decodeTaskHandle } from "../move-tasks/task-handle.ts";
import type { QueueKey } from "../queues/queue.ts";
import type { SqsOperation } from "../resources.ts";

const sourceOf = (ctx: RequestContext, { TaskHandle }: { TaskHandle: string | undefined }): QueueKey =>
  keyOfArn(ctx, decodeTaskHandle(TaskHandle ?? "").sourceArn);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CancelMessageMoveTask.html */
export const cancelMessageMoveTask: SqsOperation<"CancelMessageMoveTask"> = {
  iam: onOwnQueue("sqs:CancelMessageMoveTask", sourceOf),
  async run({ db, queues }, ctx, input) {
    const queue = await queues.find(sourceOf(ctx, input));
    if (queue === undefined) throw resourceNotFound("The resource that you specified for the SourceArn parameter doesn't exist.");
    const { taskId, sourceArn } = decodeTaskHandle(input.TaskHandle);
    const task = await db.queueMessages.moveTask(taskId);
    if (task?.sourceArn !== sourceArn) throw resourceNotFound("Task does not exist.");
    if (task.status !== "RUNNING") throw invalidParameter("Only active tasks can be cancelled.");
    await db.queueMessages.endMoveTask(taskId, "CANCELLING", undefined);
    return { ApproximateNumberOfMessagesMoved: task.movedCount };
  },
};
