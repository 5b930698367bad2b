import type { AsyncEventRow } from "@mayfly/db";

/** Events kept whole in memory until they run, as long as there is room. */
export interface HeldPayloads {
  /** Keeps the event if it fits. */
  hold(row: AsyncEventRow): void;
  /** Hands out the event and forgets it; undefined if it did not fit. */
  take(id: string): AsyncEventRow | undefined;
}

/** @param limitBytes of payloads, all together */
export function createHeldPayloads(limitBytes: number): HeldPayloads {
  const rows = new Map<string, AsyncEventRow>();
  let bytes = 0;
  return {
    hold(row) {
      if (bytes + row.payload.byteLength > limitBytes) return;
      bytes += row.payload.byteLength;
      rows.set(row.id, row);
    },
    take(id) {
      const row = rows.get(id);
      if (row !== undefined && rows.delete(id)) bytes -= row.payload.byteLength;
      return row;
    },
  };
}
