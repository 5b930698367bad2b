import type { DatabaseSync } from "node:sqlite";
import type { MovableQueueMessage, MoveTaskRow, QueueMove } from "../../queue-types.ts";
import type { HotMethod } from "../hot-store.ts";
import type { Messages } from "./messages.ts";

const columns =
  "id, queue_id, source_arn, destination_arn, messages_per_second, started_at, status, moved_count, to_move_count, last_id, failure_reason";

/** The methods for tasks that move messages on. */
export function moveTaskMethods(database: DatabaseSync, messages: Messages): Record<string, HotMethod> {
  const movableBy = (order: string, index: string) =>
    database.prepare(
      `SELECT m.id, c.message_id, c.source_arn FROM sqs_message m INDEXED BY ${index} JOIN sqs_content c ON c.id = m.id
       WHERE m.queue_id = ? AND m.visible_at <= ? AND m.id <= ? ORDER BY ${order}, m.id LIMIT ?`,
    );
  const movable = movableBy("m.visible_at", "sqs_message_visible");
  // Also one that was received, and is visible again, must not be moved after those that came later.
  const movableFifo = movableBy("m.sent_at", "sqs_message_age");
  const insert = database.prepare(`INSERT INTO sqs_move_task (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const addMoved = database.prepare("UPDATE sqs_move_task SET moved_count = moved_count + ? WHERE id = ?");
  const end = database.prepare(
    "UPDATE sqs_move_task SET status = ?, failure_reason = ? WHERE id = ? AND status IN ('RUNNING', 'CANCELLING')",
  );
  const ofSource = database.prepare(`SELECT ${columns} FROM sqs_move_task WHERE source_arn = ? ORDER BY started_at DESC LIMIT ?`);
  const byId = database.prepare(`SELECT ${columns} FROM sqs_move_task WHERE id = ?`);
  const running = database.prepare(`SELECT ${columns} FROM sqs_move_task WHERE status IN ('RUNNING', 'CANCELLING')`);
  return {
    movable: {
      mode: "read",
      run: (
        queueId: number,
        isFifo: boolean,
        { lastId, nowMs, limit }: { lastId: number; nowMs: number; limit: number },
      ): MovableQueueMessage[] =>
        (isFifo ? movableFifo : movable).all(queueId, nowMs, lastId, limit).map((row) => ({
          id: row["id"] as number,
          messageId: row["message_id"] as string,
          deadLetterSourceArn: (row["source_arn"] as string | null) ?? undefined,
        })),
    },
    move: {
      mode: "write",
      run: (taskId: string, fromQueueId: number, nowMs: number, moves: readonly QueueMove[]): number => {
        let moved = 0;
        for (const { id, toQueueId, isFifo, messageId } of moves) {
          const message = messages.find(id);
          if (message === undefined || message.queue_id !== fromQueueId || message.visible_at > nowMs) continue;
          messages.move(message, { queueId: toQueueId, isFifo, nowMs, sentAtMs: nowMs, sourceArn: null, messageId });
          moved++;
        }
        addMoved.run(moved, taskId);
        return moved;
      },
    },
    putMoveTask: {
      mode: "write",
      run: (task: MoveTaskRow) =>
        void insert.run(
          task.id,
          task.queueId,
          task.sourceArn,
          task.destinationArn ?? null,
          task.messagesPerSecond ?? null,
          task.startedAtMs,
          task.status,
          task.movedCount,
          task.toMoveCount,
          task.lastId,
          task.failureReason ?? null,
        ),
    },
    endMoveTask: {
      mode: "write",
      run: (id: string, status: string, failureReason: string | undefined) => void end.run(status, failureReason ?? null, id),
    },
    moveTasks: { mode: "read", run: (sourceArn: string, limit: number) => ofSource.all(sourceArn, limit).map(toTask) },
    moveTask: {
      mode: "read",
      run: (id: string) => {
        const row = byId.get(id);
        return row && toTask(row);
      },
    },
    runningMoveTasks: { mode: "read", run: () => running.all().map(toTask) },
  };
}

const toTask = (row: Record<string, unknown>): MoveTaskRow => ({
  id: row["id"] as string,
  queueId: row["queue_id"] as number,
  sourceArn: row["source_arn"] as string,
  destinationArn: (row["destination_arn"] as string | null) ?? undefined,
  messagesPerSecond: (row["messages_per_second"] as number | null) ?? undefined,
  startedAtMs: row["started_at"] as number,
  status: row["status"] as MoveTaskRow["status"],
  movedCount: row["moved_count"] as number,
  toMoveCount: row["to_move_count"] as number,
  lastId: row["last_id"] as number,
  failureReason: (row["failure_reason"] as string | null) ?? undefined,
});
