import type { QueueReceive, QueueReceived, ReceivedQueueMessage } from "@mayfly/db";
import type { RequestContext } from "@mayfly/kernel";
import { overLimit } from "../faults.ts";
import { limits } from "../limits.ts";
import { mayRedrive } from "../queues/attribute-rules.ts";
import { queueArn, queueKeyOfArn, type Queue, type QueueKey } from "../queues/queue.ts";
import type { SqsResources } from "../resources.ts";
import { tellDeadLettered } from "./trail.ts";

/** What a consumer asks for, checked. */
export interface WantedMessages {
  readonly count: number;
  /** The queue's own without. */
  readonly visibilityTimeoutMs: number | undefined;
  readonly waitMs: number | undefined;
  readonly attemptId: string | undefined;
}

/**
 * Receives messages, waiting for some if asked to.
 * @throws Fault QueueDoesNotExist also when the queue is deleted meanwhile; OverLimit
 */
export async function receiveMessages(
  resources: SqsResources,
  ctx: Pick<RequestContext, "whenGone">,
  key: QueueKey,
  wanted: WantedMessages,
): Promise<{ readonly queue: Queue; readonly messages: readonly ReceivedQueueMessage[] }> {
  const { queues, longPolls, clock } = resources;
  const first = await queues.get(key);
  const waitMs = wanted.waitMs ?? first.settings.waitMs;
  if (waitMs === 0) {
    const { messages, isOverLimit } = await receiveOnce(resources, first, wanted);
    if (isOverLimit && !first.settings.isFifo) throw overLimit(limits.inFlightCount);
    return { queue: first, messages };
  }
  const untilMs = clock.now() + waitMs;
  const turn = longPolls.enter(first.id);
  try {
    for (;;) {
      const queue = await queues.get(key);
      const { messages } = queue.id === first.id ? await receiveOnce(resources, queue, wanted) : { messages: [] };
      if (messages.length > 0 || clock.now() >= untilMs) return { queue, messages };
      if ((await turn.sleep(untilMs, ctx.whenGone)) === "over") return { queue, messages: [] };
    }
  } finally {
    turn.leave();
  }
}

async function receiveOnce(resources: SqsResources, queue: Queue, wanted: WantedMessages): Promise<QueueReceived> {
  const { db, longPolls, clock } = resources;
  const { settings } = queue;
  const nowMs = clock.now();
  const visibilityTimeoutMs = wanted.visibilityTimeoutMs ?? settings.visibilityTimeoutMs;
  const deadLetter = await deadLetterOf(resources, queue);
  const received = await db.queueMessages.receive({
    queueId: queue.id,
    isFifo: settings.isFifo,
    nowMs,
    count: wanted.count,
    visibilityTimeoutMs,
    sentAfterMs: nowMs - settings.retentionMs,
    inFlightCount: limits.inFlightCount,
    ...(deadLetter !== undefined && { deadLetter: deadLetter.way }),
    ...(settings.isFifo &&
      wanted.attemptId !== undefined && { attempt: { id: wanted.attemptId, untilMs: nowMs + limits.deduplicationMs } }),
  });
  const { messages, nextAtMs, redriven } = received;
  longPolls.wakeAt(queue.id, nextAtMs);
  if (messages.length > 0) longPolls.wakeAt(queue.id, nowMs + visibilityTimeoutMs);
  // There may be more for who waits behind.
  if (messages.length === wanted.count) longPolls.wake(queue.id, 1);
  if (deadLetter !== undefined) {
    longPolls.wake(deadLetter.queue.id, redriven.length);
    tellDeadLettered(resources, queue, deadLetter.queue, redriven);
  }
  return received;
}

/** Where messages go that were received too often: nowhere, if that queue is gone or does not take them any more. */
async function deadLetterOf(
  { queues }: SqsResources,
  queue: Queue,
): Promise<{ readonly queue: Queue; readonly way: NonNullable<QueueReceive["deadLetter"]> } | undefined> {
  const { redrive } = queue.settings;
  const key = redrive && queueKeyOfArn(redrive.deadLetterTargetArn);
  if (redrive === undefined || key === undefined) return undefined;
  const target = queues.peek(key) ?? (await queues.find(key));
  if (target === undefined || target.settings.isFifo !== queue.settings.isFifo || !mayRedrive(queue, target)) return undefined;
  const { maxReceiveCount } = redrive;
  return { queue: target, way: { queueId: target.id, isFifo: target.settings.isFifo, maxReceiveCount, sourceArn: queueArn(queue) } };
}
