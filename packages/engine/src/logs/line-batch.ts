import type { LogLine } from "../types.ts";

/** Lines on their way: handed on together, in order, once a turn of the event loop. */
export interface LineBatch {
  add(message: string): void;
  /** Hands on what has gathered. */
  flush(): void;
}

export function createLineBatch(deliver: (lines: readonly LogLine[]) => void): LineBatch {
  let lines: LogLine[] = [];
  let scheduled = false;
  const flush = (): void => {
    scheduled = false;
    if (lines.length === 0) return;
    const gathered = lines;
    lines = [];
    deliver(gathered);
  };
  return {
    add(message) {
      lines.push({ timestampMs: Date.now(), message });
      if (scheduled) return;
      scheduled = true;
      setImmediate(flush);
    },
    flush,
  };
}
