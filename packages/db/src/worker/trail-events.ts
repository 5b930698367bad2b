import type { DatabaseSync } from "node:sqlite";
import type { TrailEventRow, TrailEventStore } from "../types.ts";
import type { HotMethod } from "./hot-store.ts";

// No index on the time: rows are written all the time and read once, at a start. With one, writing takes half as much processor time again.
export const trailEventSchema = `
CREATE TABLE IF NOT EXISTS trail_event (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  last_at_ms REAL NOT NULL,
  text TEXT NOT NULL
) STRICT;
`;

/** The methods of TrailEventStore. */
export function trailEventMethods(database: DatabaseSync): Record<keyof TrailEventStore, HotMethod> {
  const save = database.prepare(
    "INSERT INTO trail_event (key, last_at_ms, text) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET last_at_ms = excluded.last_at_ms, text = excluded.text",
  );
  const remove = database.prepare("DELETE FROM trail_event WHERE key = ?");
  const expire = database.prepare("DELETE FROM trail_event WHERE last_at_ms < ?");
  const list = database.prepare("SELECT id, key, last_at_ms AS lastAtMs, text FROM trail_event WHERE id > ? ORDER BY id LIMIT ?");
  return {
    save: {
      mode: "write",
      run: (rows: readonly TrailEventRow[], forgotten: readonly string[]) => {
        for (const key of forgotten) remove.run(key);
        for (const { key, lastAtMs, text } of rows) save.run(key, lastAtMs, text);
      },
    },
    expire: { mode: "write", run: (beforeMs: number) => void expire.run(beforeMs) },
    list: { mode: "read", run: (afterId: number, limit: number) => list.all(afterId, limit) },
  };
}
