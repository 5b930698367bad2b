import { engineLimits } from "../limits.ts";
import type { LogLine } from "../types.ts";

/** Takes lines over; resolves when they are safe, or lost for good. */
export type DeliverLines = (lines: readonly LogLine[]) => Promise<void> | void;

/** Lines on their way: handed on together, in order, once a turn of the event loop. */
export interface LineBatch {
  add(line: LogLine): void;
  /** Hands on what has gathered. */
  flush(): void;
  /** True while more is on its way than an environment may have there. */
  readonly isFull: boolean;
  /** Calls back once when it is full no more. */
  whenNotFull(callback: () => void): void;
}

/** What it costs the server to handle events, in bytes of text that cost as much. */
export const costOf = (bytes: number, events: number): number => bytes + events * engineLimits.logEventCost;

export function createLineBatch(deliver: DeliverLines): LineBatch {
  let lines: LogLine[] = [];
  let cost = 0;
  let costUnderWay = 0;
  let isScheduled = false;
  let callbacks: (() => void)[] = [];

  const isFull = (): boolean => cost + costUnderWay > engineLimits.logCostUnderWay;
  const flush = (): void => {
    isScheduled = false;
    if (lines.length === 0) return;
    const [gathered, gatheredCost] = [lines, cost];
    lines = [];
    cost = 0;
    const taken = deliver(gathered);
    if (taken === undefined) return;
    costUnderWay += gatheredCost;
    const arrived = (): void => {
      costUnderWay -= gatheredCost;
      if (callbacks.length === 0 || isFull()) return;
      const waiting = callbacks;
      callbacks = [];
      for (const callback of waiting) callback();
    };
    taken.then(arrived, arrived);
  };

  return {
    add(line) {
      lines.push(line);
      cost += costOf(line.message.length, 1);
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(flush);
    },
    flush,
    get isFull() {
      return isFull();
    },
    whenNotFull: (callback) => void callbacks.push(callback),
  };
}
