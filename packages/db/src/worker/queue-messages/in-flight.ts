import type { DatabaseSync } from "node:sqlite";
import type { QueueCounts, QueueReceive } from "../../queue-types.ts";

/** How many messages are in flight. */
export interface InFlight {
  isFull(wanted: Pick<QueueReceive, "queueId" | "nowMs" | "inFlightCount" | "count">): boolean;
  add(queueId: number, count: number): void;
  counts(queueId: number, nowMs: number): QueueCounts;
  /** All queues were emptied. */
  forget(): void;
}

/** Counting this many messages takes some milliseconds: the counts are then kept for a second. */
const cheapCount = 20_000;
const keptMs = 1_000;

/**
 * A message in flight comes back by itself when its time is over, so there is no number to be kept on disk. What is in memory here is an upper bound for
 * each queue, the last count and what was received since: only when that comes to the limit is counted again.
 */
export function inFlightOf(database: DatabaseSync): InFlight {
  const hidden = database.prepare(
    "SELECT count(*) AS hidden, coalesce(sum(receive_count > 0), 0) AS received FROM sqs_message WHERE queue_id = ? AND visible_at > ?",
  );
  const size = database.prepare("SELECT message_count FROM sqs_queue_size WHERE queue_id = ?");
  const bounds = new Map<number, number>();
  const kept = new Map<number, { readonly atMs: number; readonly counts: QueueCounts }>();

  const count = (queueId: number, nowMs: number): QueueCounts => {
    const recent = kept.get(queueId);
    if (recent !== undefined && Math.abs(nowMs - recent.atMs) < keptMs) return recent.counts;
    const row = hidden.get(queueId, nowMs) as { hidden: number; received: number };
    const all = (size.get(queueId)?.["message_count"] as number | undefined) ?? 0;
    const counts = { visible: Math.max(0, all - row.hidden), inFlight: row.received, delayed: row.hidden - row.received };
    if (row.hidden > cheapCount) kept.set(queueId, { atMs: nowMs, counts });
    else kept.delete(queueId);
    return counts;
  };
  return {
    isFull({ queueId, nowMs, inFlightCount, count: wanted }) {
      const bound = bounds.get(queueId);
      if (bound !== undefined && bound + wanted <= inFlightCount) return false;
      const { inFlight } = count(queueId, nowMs);
      bounds.set(queueId, inFlight);
      return inFlight >= inFlightCount;
    },
    add: (queueId, received) => void bounds.set(queueId, (bounds.get(queueId) ?? 0) + received),
    counts: count,
    forget() {
      bounds.clear();
      kept.clear();
    },
  };
}
