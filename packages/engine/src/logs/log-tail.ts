import { engineLimits } from "../limits.ts";

/** The last 4 KB of what was added. */
export interface LogTail {
  add(text: string): void;
  clear(): void;
  bytes(): Buffer;
}

export function createLogTail(): LogTail {
  let kept: string[] = [];
  let keptLength = 0;
  return {
    add(text) {
      kept.push(text);
      keptLength += text.length;
      // A character has at least one byte: what is dropped here can't be among the last bytes.
      while (kept.length > 1 && keptLength - kept[0]!.length >= engineLimits.logTailBytes) keptLength -= kept.shift()!.length;
    },
    clear() {
      kept = [];
      keptLength = 0;
    },
    bytes: () => Buffer.from(kept.join("")).subarray(-engineLimits.logTailBytes),
  };
}
