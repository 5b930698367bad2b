import type { DatabaseSync } from "node:sqlite";
import type { DueNotice, DueNotices, NewNotice } from "../../object-types.ts";
import type { HotMethod } from "../hot-store.ts";

/** Which change a notice is of. */
interface Change {
  readonly objectId: number;
  readonly versionId: string;
  readonly changedAtMs: number;
}

/** Who is to be told of changes. */
export interface Notices {
  insert(notices: readonly NewNotice[], change: Change): void;
  readonly methods: Readonly<Record<string, HotMethod>>;
}

/** The notices of a database. */
export function noticesOf(database: DatabaseSync): Notices {
  const insert = database.prepare(
    "INSERT INTO s3_notice (receiver, due_at, attempts, object_id, version_id, changed_at, content) VALUES (?, ?, 0, ?, ?, ?, ?)",
  );
  const pending = database.prepare("SELECT receiver, min(due_at) AS due_at FROM s3_notice GROUP BY receiver");
  const due = database.prepare(
    "SELECT * FROM s3_notice WHERE receiver = ? AND due_at <= ? AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, id LIMIT ?",
  );
  const next = database.prepare("SELECT min(due_at) AS due_at FROM s3_notice WHERE receiver = ? AND due_at > ?");
  const finish = database.prepare("DELETE FROM s3_notice WHERE id = ?");
  const postpone = database.prepare("UPDATE s3_notice SET attempts = ?, due_at = ? WHERE id = ?");
  return {
    insert(notices, { objectId, versionId, changedAtMs }) {
      for (const { receiver, content } of notices) insert.run(receiver, changedAtMs, objectId, versionId, changedAtMs, content);
    },
    methods: {
      pendingNotices: {
        mode: "read",
        run: () => pending.all().map((row) => ({ receiver: row["receiver"] as string, dueAtMs: row["due_at"] as number })),
      },
      dueNotices: {
        mode: "read",
        run: (receiver: string, nowMs: number, limit: number, underWay: readonly number[]): DueNotices => {
          const rows = due.all(receiver, nowMs, JSON.stringify(underWay), limit);
          const deliveries = rows.map(toNotice);
          if (rows.length === limit) return { deliveries, nextAtMs: nowMs };
          return { deliveries, nextAtMs: (next.get(receiver, nowMs)?.["due_at"] as number | null | undefined) ?? undefined };
        },
      },
      finishNotice: { mode: "write", run: (id: number) => void finish.run(id) },
      postponeNotice: { mode: "write", run: (id: number, attempts: number, dueAtMs: number) => void postpone.run(attempts, dueAtMs, id) },
    },
  };
}

const toNotice = (row: Readonly<Record<string, unknown>>): DueNotice => ({
  id: row["id"] as number,
  receiver: row["receiver"] as string,
  attempts: row["attempts"] as number,
  objectId: row["object_id"] as number,
  versionId: row["version_id"] as string,
  changedAtMs: row["changed_at"] as number,
  content: row["content"] as string,
});
