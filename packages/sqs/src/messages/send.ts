import type { NewQueueMessage, StoredQueueMessage } from "@mayfly/db";
import type { Queue } from "../queues/queue.ts";
import type { SqsResources } from "../resources.ts";

/** Stores messages and tells who waits. */
export async function storeMessages(
  { db, longPolls }: SqsResources,
  queue: Queue,
  messages: readonly NewQueueMessage[],
  nowMs: number,
): Promise<readonly StoredQueueMessage[]> {
  const stored = await db.queueMessages.send(queue.id, messages);
  const due = messages.filter(({ visibleAtMs }) => visibleAtMs <= nowMs).length;
  longPolls.wake(queue.id, due);
  if (due < messages.length)
    longPolls.wakeAt(queue.id, Math.min(...messages.map(({ visibleAtMs }) => visibleAtMs).filter((at) => at > nowMs)));
  return stored;
}
