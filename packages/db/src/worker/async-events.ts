import type { DatabaseSync } from "node:sqlite";
import type { AsyncEventRow } from "../types.ts";
import type { HotMethod } from "./hot-store.ts";

export const asyncEventSchema = `
CREATE TABLE IF NOT EXISTS async_event (
  id TEXT PRIMARY KEY NOT NULL,
  account_id TEXT NOT NULL,
  region TEXT NOT NULL,
  function_name TEXT NOT NULL,
  qualifier TEXT NOT NULL,
  invoked_function_arn TEXT NOT NULL,
  payload BLOB NOT NULL,
  client_context TEXT,
  trace_id TEXT NOT NULL,
  accepted_at_ms REAL NOT NULL,
  attempts INTEGER NOT NULL,
  due_at_ms REAL NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS async_event_order ON async_event (accepted_at_ms, id);
`;

/** Tables of earlier versions lack a column. */
export function migrateAsyncEvents(database: DatabaseSync): void {
  const columns = database.prepare("SELECT name FROM pragma_table_info('async_event')").all();
  if (!columns.some(({ name }) => name === "failures"))
    database.exec("ALTER TABLE async_event ADD COLUMN failures INTEGER NOT NULL DEFAULT 0");
}

const columns =
  "id, account_id, region, function_name, qualifier, invoked_function_arn, payload, client_context, trace_id, accepted_at_ms, attempts, due_at_ms, failures";

/** The methods of AsyncEventStore. */
export function asyncEventMethods(database: DatabaseSync): Record<string, HotMethod> {
  const insert = database.prepare(`INSERT INTO async_event (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const listAll = database.prepare(`SELECT ${columns} FROM async_event ORDER BY accepted_at_ms, id LIMIT ?`);
  const listAfter = database.prepare(
    `SELECT ${columns} FROM async_event WHERE (accepted_at_ms, id) > (?, ?) ORDER BY accepted_at_ms, id LIMIT ?`,
  );
  const reschedule = database.prepare("UPDATE async_event SET attempts = ?, failures = ?, due_at_ms = ? WHERE id = ?");
  const remove = database.prepare("DELETE FROM async_event WHERE id = ?");
  return {
    put: { mode: "write", run: (event: AsyncEventRow) => void insert.run(...values(event)) },
    list: {
      mode: "read",
      run: (after: { acceptedAtMs: number; id: string } | undefined, limit: number) =>
        (after === undefined ? listAll.all(limit) : listAfter.all(after.acceptedAtMs, after.id, limit)).map(toRow),
    },
    reschedule: {
      mode: "write",
      run: (id: string, { attempts, failures, dueAtMs }: Pick<AsyncEventRow, "attempts" | "failures" | "dueAtMs">) =>
        void reschedule.run(attempts, failures, dueAtMs, id),
    },
    remove: { mode: "write", run: (id: string) => void remove.run(id) },
  };
}

function values(event: AsyncEventRow) {
  const {
    id,
    accountId,
    region,
    functionName,
    qualifier,
    invokedFunctionArn,
    payload,
    clientContext,
    traceId,
    acceptedAtMs,
    attempts,
    dueAtMs,
    failures,
  } = event;
  return [
    id,
    accountId,
    region,
    functionName,
    qualifier,
    invokedFunctionArn,
    payload,
    clientContext ?? null,
    traceId,
    acceptedAtMs,
    attempts,
    dueAtMs,
    failures,
  ] as const;
}

function toRow(row: Record<string, unknown>): AsyncEventRow {
  return {
    id: row["id"] as string,
    accountId: row["account_id"] as string,
    region: row["region"] as string,
    functionName: row["function_name"] as string,
    qualifier: row["qualifier"] as string,
    invokedFunctionArn: row["invoked_function_arn"] as string,
    payload: row["payload"] as Uint8Array,
    clientContext: (row["client_context"] as string | null) ?? undefined,
    traceId: row["trace_id"] as string,
    acceptedAtMs: row["accepted_at_ms"] as number,
    attempts: row["attempts"] as number,
    dueAtMs: row["due_at_ms"] as number,
    failures: row["failures"] as number,
  };
}
