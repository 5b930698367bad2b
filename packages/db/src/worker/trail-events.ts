import type { DatabaseSync } from "node:sqlite";
import type { TrailEventRow, TrailEventStore } from "../types.ts";
import type { HotMethod } from "./hot-store.ts";

export const trailEventSchema = `
CREATE TABLE IF NOT EXISTS trail_event (
  key TEXT PRIMARY KEY NOT NULL,
  last_at_ms REAL NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS trail_event_last ON trail_event (last_at_ms, key);
`;

/** The methods of TrailEventStore. */
export function trailEventMethods(database: DatabaseSync): Record<keyof TrailEventStore, HotMethod> {
  const save = database.prepare("INSERT OR REPLACE INTO trail_event (key, last_at_ms, text) VALUES (?, ?, ?)");
  const remove = database.prepare("DELETE FROM trail_event WHERE key = ?");
  const expire = database.prepare("DELETE FROM trail_event WHERE last_at_ms < ?");
  const list = database.prepare(
    "SELECT key, last_at_ms AS lastAtMs, text FROM trail_event WHERE (last_at_ms, key) < (?, ?) ORDER BY last_at_ms DESC, key DESC LIMIT ?",
  );
  return {
    save: {
      mode: "write",
      run: (rows: readonly TrailEventRow[], forgotten: readonly string[]) => {
        for (const key of forgotten) remove.run(key);
        for (const { key, lastAtMs, text } of rows) save.run(key, lastAtMs, text);
      },
    },
    expire: { mode: "write", run: (beforeMs: number) => void expire.run(beforeMs) },
    list: {
      mode: "read",
      run: (before: Pick<TrailEventRow, "key" | "lastAtMs"> | undefined, limit: number) =>
        list.all(before?.lastAtMs ?? Number.MAX_VALUE, before?.key ?? "", limit),
    },
  };
}
