import type { QueueReceipt, ReceiptOutcome } from "@mayfly/db";
import type { Queue } from "../queues/queue.ts";
import type { SqsResources } from "../resources.ts";

/** Deletes messages; what a FIFO queue's group was locked by may be received now. */
export async function deleteMessages(
  { db, clock, longPolls }: SqsResources,
  queue: Queue,
  receipts: readonly QueueReceipt[],
): Promise<readonly ReceiptOutcome[]> {
  const { isFifo } = queue.settings;
  const outcomes = await db.queueMessages.remove({ queueId: queue.id, isFifo, nowMs: clock.now() }, receipts);
  if (isFifo) longPolls.wake(queue.id, outcomes.length);
  return outcomes;
}

/** Changes when messages are visible again. */
export async function changeVisibility(
  { db, clock, longPolls }: SqsResources,
  queue: Queue,
  changes: readonly (QueueReceipt & { readonly visibilityTimeoutMs: number })[],
): Promise<readonly ReceiptOutcome[]> {
  const nowMs = clock.now();
  const outcomes = await db.queueMessages.changeVisibility({ queueId: queue.id, isFifo: queue.settings.isFifo, nowMs }, changes);
  const times = changes.map(({ visibilityTimeoutMs }) => visibilityTimeoutMs);
  longPolls.wake(queue.id, times.filter((time) => time === 0).length);
  const later = times.filter((time) => time > 0);
  if (later.length > 0) longPolls.wakeAt(queue.id, nowMs + Math.min(...later));
  return outcomes;
}
