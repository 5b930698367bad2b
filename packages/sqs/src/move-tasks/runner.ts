import type { MovableQueueMessage, MoveTaskRow, QueueMove } from "@mayfly/db";
import { newUuid } from "@mayfly/kernel";
import { limits } from "../limits.ts";
import { queueKeyOfArn, type Queue } from "../queues/queue.ts";
import type { SqsResources } from "../resources.ts";
import { tellMoved } from "../messages/trail.ts";

/** Moves messages out of dead-letter queues, task by task. */
export interface MoveTaskRunner {
  /** Goes on with a task until it is over. */
  run(task: MoveTaskRow): void;
  /** Goes on with those that a start finds unfinished. */
  resume(): Promise<void>;
  /** Leaves them where they are; a later start goes on. */
  close(): Promise<void>;
}

/** A task without a rate of its own moves so many in one write. */
const stepCount = 100;
const stepsPerSecond = 10;

/** Why a task failed, as ListMessageMoveTasks tells. */
class MoveFailure extends Error {}

/** Nothing runs yet. */
export function createMoveTaskRunner(resources: Omit<SqsResources, "moveTasks">): MoveTaskRunner {
  const { db, clock, problem } = resources;
  const running = new Set<Promise<void>>();
  const end = new AbortController();

  const work = async (task: MoveTaskRow): Promise<void> => {
    const rate = task.messagesPerSecond;
    const count = rate === undefined ? stepCount : Math.max(1, Math.floor(rate / stepsPerSecond));
    const pauseMs = rate === undefined ? 0 : (count / rate) * 1000;
    const startedMs = clock.monotonicMs();
    for (let step = 1; !end.signal.aborted; step++) {
      const now = await db.queueMessages.moveTask(task.id);
      if (now?.status === "CANCELLING") return db.queueMessages.endMoveTask(task.id, "CANCELLED", undefined);
      if (now?.status !== "RUNNING") return;
      const moved = await moveSome(resources, task, count);
      if (!moved) return db.queueMessages.endMoveTask(task.id, "COMPLETED", undefined);
      await pause(startedMs + step * pauseMs - clock.monotonicMs(), end.signal);
    }
  };
  const settle = async (task: MoveTaskRow): Promise<void> => {
    try {
      await work(task);
    } catch (error) {
      if (end.signal.aborted) return;
      // Whatever stopped it, it is over: a task that seemed to run would let no other one begin.
      const isTold = error instanceof MoveFailure;
      if (!isTold) problem(`An SQS message move task failed: ${String(error)}`);
      await db.queueMessages
        .endMoveTask(task.id, "FAILED", isTold ? error.message : "InternalError")
        .catch((failure: unknown) => problem(`An SQS message move task stopped: ${String(failure)}`));
    }
  };
  const run = (task: MoveTaskRow): void => {
    const done = settle(task).finally(() => running.delete(done));
    running.add(done);
  };
  return {
    run,
    async resume() {
      for (const task of await db.queueMessages.runningMoveTasks()) run(task);
    },
    async close() {
      end.abort();
      await Promise.all(running);
    },
  };
}

/** @returns false if there is nothing left to be moved */
async function moveSome(
  { db, queues, clock, longPolls, trail }: Omit<SqsResources, "moveTasks">,
  task: MoveTaskRow,
  count: number,
): Promise<boolean> {
  const source = await queues.findById(task.queueId);
  if (source === undefined) throw new MoveFailure("AWS.SimpleQueueService.NonExistentQueue");
  const nowMs = clock.now();
  const found = await db.queueMessages.movable(task.queueId, source.settings.isFifo, { lastId: task.lastId, nowMs, limit: count });
  if (found.length === 0) return false;
  const moves: (QueueMove & { readonly tell: () => void })[] = [];
  for (const message of found) {
    const target = await targetOf({ queues }, task, message);
    if (target.settings.isFifo !== source.settings.isFifo) throw new MoveFailure("AWS.SimpleQueueService.UnsupportedOperation");
    // AWS takes them for new messages.
    const messageId = newUuid();
    const tell = (): void => tellMoved({ trail }, source, target, message.messageId, messageId);
    moves.push({ id: message.id, toQueueId: target.id, isFifo: target.settings.isFifo, messageId, tell });
  }
  await db.queueMessages.move(
    task.id,
    task.queueId,
    nowMs,
    moves.map(({ tell: _tell, ...move }) => move),
  );
  for (const { tell } of moves) tell();
  for (const queueId of new Set(moves.map(({ toQueueId }) => toQueueId))) longPolls.wake(queueId, moves.length);
  return true;
}

/** Where the task says, or where the message came from. */
async function targetOf({ queues }: Pick<SqsResources, "queues">, task: MoveTaskRow, message: MovableQueueMessage): Promise<Queue> {
  const arn = task.destinationArn ?? message.deadLetterSourceArn;
  if (arn === undefined) throw new MoveFailure("CouldNotDetermineMessageSource");
  const key = queueKeyOfArn(arn);
  const target = key && (await queues.find(key));
  if (target === undefined) throw new MoveFailure("AWS.SimpleQueueService.NonExistentQueue");
  return target;
}

function pause(ms: number, end: AbortSignal): Promise<void> {
  if (ms <= 0 || end.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      end.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, limits.moveTaskPauseMs));
    end.addEventListener("abort", done);
  });
}
