import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { LogEventQuery, LogEventRow, LogStreamKey, LogStreamSummary, StoredLogEvent } from "../types.ts";
import type { HotMethod } from "./hot-store.ts";

export const logEventSchema = `
CREATE TABLE IF NOT EXISTS log_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  region TEXT NOT NULL,
  log_group_name TEXT NOT NULL,
  log_stream_name TEXT NOT NULL,
  timestamp_ms REAL NOT NULL,
  ingestion_time_ms REAL NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS log_event_of_stream ON log_event (account_id, region, log_group_name, log_stream_name, timestamp_ms, id);
CREATE INDEX IF NOT EXISTS log_event_of_group ON log_event (account_id, region, log_group_name, timestamp_ms, id);
CREATE TABLE IF NOT EXISTS log_stream_summary (
  account_id TEXT NOT NULL,
  region TEXT NOT NULL,
  log_group_name TEXT NOT NULL,
  log_stream_name TEXT NOT NULL,
  first_ms REAL NOT NULL,
  last_ms REAL NOT NULL,
  last_ingestion_ms REAL NOT NULL,
  bytes REAL NOT NULL,
  PRIMARY KEY (account_id, region, log_group_name, log_stream_name)
) STRICT, WITHOUT ROWID;
`;

/** CloudWatch counts this much for each event beside its text. Bytes. */
const eventOverheadBytes = 26;

type GroupKey = Omit<LogStreamKey, "logStreamName">;

const ofGroup = "account_id = ? AND region = ? AND log_group_name = ?";
const ofStream = `${ofGroup} AND log_stream_name = ?`;
const groupValues = (key: GroupKey): [string, string, string] => [key.accountId, key.region, key.logGroupName];

/** The methods of LogEventStore. */
export function logEventMethods(database: DatabaseSync): Record<string, HotMethod> {
  const insert = database.prepare(
    "INSERT INTO log_event (account_id, region, log_group_name, log_stream_name, timestamp_ms, ingestion_time_ms, message) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const summarize = database.prepare(`
    INSERT INTO log_stream_summary VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET first_ms = min(first_ms, excluded.first_ms), last_ms = max(last_ms, excluded.last_ms),
      last_ingestion_ms = excluded.last_ingestion_ms, bytes = bytes + excluded.bytes`);
  const summary = database.prepare(`SELECT * FROM log_stream_summary WHERE ${ofStream}`);
  const summaries = database.prepare(`SELECT * FROM log_stream_summary WHERE ${ofGroup}`);
  return {
    append: {
      mode: "write",
      run: (stream: LogStreamKey, events: readonly LogEventRow[]) => {
        if (events.length === 0) return;
        const key = [...groupValues(stream), stream.logStreamName] as const;
        for (const { timestampMs, ingestionTimeMs, message } of events) insert.run(...key, timestampMs, ingestionTimeMs, message);
        const times = events.map((event) => event.timestampMs);
        const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + eventOverheadBytes, 0);
        summarize.run(...key, Math.min(...times), Math.max(...times), events.at(-1)?.ingestionTimeMs ?? 0, bytes);
      },
    },
    read: { mode: "read", run: (query: LogEventQuery) => read(database, query) },
    summary: {
      mode: "read",
      run: (stream: LogStreamKey) => {
        const row = summary.get(...groupValues(stream), stream.logStreamName);
        return row && { firstMs: row["first_ms"], lastMs: row["last_ms"], lastIngestionMs: row["last_ingestion_ms"], bytes: row["bytes"] };
      },
    },
    summaries: {
      mode: "read",
      run: (scope: GroupKey): LogStreamSummary[] =>
        summaries.all(...groupValues(scope)).map((row) => ({
          logStreamName: row["log_stream_name"] as string,
          firstMs: row["first_ms"] as number,
          lastMs: row["last_ms"] as number,
          lastIngestionMs: row["last_ingestion_ms"] as number,
          bytes: row["bytes"] as number,
        })),
    },
    remove: {
      mode: "write",
      run: (scope: GroupKey & { logStreamName?: string }) => {
        const [where, values] =
          scope.logStreamName === undefined ? [ofGroup, groupValues(scope)] : [ofStream, [...groupValues(scope), scope.logStreamName]];
        for (const table of ["log_event", "log_stream_summary"]) database.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...values);
      },
    },
    expire: { mode: "write", run: (scope: GroupKey, beforeMs: number) => expire(database, scope, beforeMs) },
  };
}

function read(database: DatabaseSync, query: LogEventQuery): StoredLogEvent[] {
  const conditions = [ofGroup];
  const values: SQLInputValue[] = groupValues(query);
  const add = (condition: string, ...more: SQLInputValue[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  if (query.logStreamNames !== undefined) add("log_stream_name IN (SELECT value FROM json_each(?))", JSON.stringify(query.logStreamNames));
  if (query.fromMs !== undefined) add("timestamp_ms >= ?", query.fromMs);
  if (query.untilMs !== undefined) add("timestamp_ms < ?", query.untilMs);
  const [beyond, direction] = query.order === "ascending" ? [">", "ASC"] : ["<", "DESC"];
  if (query.after !== undefined) add(`(timestamp_ms, id) ${beyond} (?, ?)`, query.after.timestampMs, query.after.id);
  const sql = `SELECT id, log_stream_name, timestamp_ms, ingestion_time_ms, message FROM log_event WHERE ${conditions.join(" AND ")} ORDER BY timestamp_ms ${direction}, id ${direction} LIMIT ?`;
  const events: StoredLogEvent[] = [];
  let bytes = 0;
  // Row by row: a page of long lines must not be in memory as a whole before it is cut.
  for (const row of database.prepare(sql).iterate(...values, query.limit)) {
    const message = row["message"] as string;
    bytes += Buffer.byteLength(message);
    if (query.limitBytes !== undefined && events.length > 0 && bytes > query.limitBytes) break;
    events.push({
      id: row["id"] as number,
      logStreamName: row["log_stream_name"] as string,
      timestampMs: row["timestamp_ms"] as number,
      ingestionTimeMs: row["ingestion_time_ms"] as number,
      message,
    });
  }
  return events;
}

/** Removes old events and makes the summaries of the streams that lost some anew. */
function expire(database: DatabaseSync, scope: GroupKey, beforeMs: number): void {
  const key = groupValues(scope);
  const streams = database
    .prepare(`SELECT DISTINCT log_stream_name AS name FROM log_event WHERE ${ofGroup} AND timestamp_ms < ?`)
    .all(...key, beforeMs);
  database.prepare(`DELETE FROM log_event WHERE ${ofGroup} AND timestamp_ms < ?`).run(...key, beforeMs);
  for (const { name } of streams) {
    const stream = [...key, name as string] as const;
    database.prepare(`DELETE FROM log_stream_summary WHERE ${ofStream}`).run(...stream);
    database
      .prepare(
        `INSERT INTO log_stream_summary
         SELECT account_id, region, log_group_name, log_stream_name, min(timestamp_ms), max(timestamp_ms), max(ingestion_time_ms), sum(octet_length(message) + ${eventOverheadBytes})
         FROM log_event WHERE ${ofStream} GROUP BY 1, 2, 3, 4`,
      )
      .run(...stream);
  }
}
