import { newUuid, type RequestContext } from "@mayfly/kernel";
import { invalidParameter, invalidValue, resourceNotFound } from "../faults.ts";
import { keyOfArn, onOwnQueue } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { encodeTaskHandle } from "../move-tasks/task-handle.ts";
import { queueArn, queueKeyOfArn, type Queue } from "../queues/queue.ts";
import type { SqsOperation, SqsResources } from "../resources.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
export const startMessageMoveTask: SqsOperation<"StartMessageMoveTask"> = {
  iam: onOwnQueue<{ SourceArn: string | undefined }>("sqs:StartMessageMoveTask", (ctx, { SourceArn }) => keyOfArn(ctx, SourceArn)),
  async run(resources, ctx, input) {
    const { db, lock, clock, moveTasks } = resources;
    const source = await queueOfArn(resources, ctx, "SourceArn", input.SourceArn);
    const destination =
      input.DestinationArn === undefined ? undefined : await queueOfArn(resources, ctx, "DestinationArn", input.DestinationArn);
    await checkTask(resources, { source, destination, rate: input.MaxNumberOfMessagesPerSecond });
    await authorizeMove(ctx, source, destination);
    const sourceArn = queueArn(source);
    return lock.run(`move:${sourceArn}`, async () => {
      const running = await db.queueMessages.runningMoveTasks();
      if (running.some((task) => task.sourceArn === sourceArn))
        throw invalidParameter("There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
      const { visible } = await db.queueMessages.counts(source.id, clock.now());
      const task = {
        id: newUuid(),
        queueId: source.id,
        sourceArn,
        destinationArn: destination && queueArn(destination),
        messagesPerSecond: input.MaxNumberOfMessagesPerSecond,
        startedAtMs: clock.now(),
        status: "RUNNING" as const,
        movedCount: 0,
        toMoveCount: visible,
        lastId: await db.queueMessages.lastId(),
        failureReason: undefined,
      };
      await db.queueMessages.putMoveTask(task);
      moveTasks.run(task);
      return { TaskHandle: encodeTaskHandle(task.id, sourceArn) };
    });
  },
};

/** @throws Fault ResourceNotFoundException */
async function queueOfArn({ queues }: SqsResources, ctx: RequestContext, parameter: string, arn: string): Promise<Queue> {
  const key = queueKeyOfArn(arn);
  const queue = key?.accountId === ctx.accountId && key.region === ctx.region ? await queues.find(key) : undefined;
  if (queue === undefined) throw resourceNotFound(`The resource that you specified for the ${parameter} parameter doesn't exist.`);
  return queue;
}

interface WantedTask {
  readonly source: Queue;
  readonly destination: Queue | undefined;
  readonly rate: number | undefined;
}

/** @throws Fault InvalidParameterValue */
async function checkTask({ queues }: SqsResources, { source, destination, rate }: WantedTask): Promise<void> {
  const sources = await queues.sourcesOf(source, queueArn(source), { after: undefined, limit: 1 });
  if (sources.length === 0) throw invalidParameter("Source queue must be configured as a Dead Letter Queue.");
  if (rate !== undefined && (rate < 1 || rate > limits.movedPerSecondCount))
    throw invalidValue("MaxNumberOfMessagesPerSecond", rate, `Must be between 1 and ${limits.movedPerSecondCount}, if provided.`);
  if (destination !== undefined && destination.settings.isFifo !== source.settings.isFifo)
    throw invalidParameter("Source and destination queues must be of the same type.");
}

/** Who redrives receives and deletes there, and sends here. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html */
async function authorizeMove(ctx: RequestContext, source: Queue, destination: Queue | undefined): Promise<void> {
  const authorize = (action: string, queue: Queue): Promise<void> =>
    ctx.authorize({ action, resource: queueArn(queue), conditionKeys: {}, resourcePolicy: queue.policy });
  for (const action of ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]) await authorize(action, source);
  if (destination !== undefined) await authorize("sqs:SendMessage", destination);
}
