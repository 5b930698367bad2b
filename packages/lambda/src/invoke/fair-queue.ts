import { keyText, type FunctionKey } from "../function-name.ts";

/** Entries in order within a function; functions take turns, none with more under way than it may have. */
export interface FairQueue<T> {
  push(entry: T): void;
  /** The next entry, which counts as under way until `finished`; undefined if none may start. */
  take(): T | undefined;
  finished(entry: T): void;
  /** Entries not taken yet. */
  readonly size: number;
}

interface Lane<T> {
  readonly key: FunctionKey;
  entries: T[];
  /** Index of the first entry not taken. */
  head: number;
  running: number;
}

const compactAt = 1024;

/** @param mostRunning entries of a function that may be under way at once */
export function createFairQueue<T extends { readonly key: FunctionKey }>(mostRunning: (key: FunctionKey) => number): FairQueue<T> {
  const lanes = new Map<string, Lane<T>>();
  let size = 0;

  const laneOf = (key: FunctionKey): Lane<T> => {
    const text = keyText(key);
    let lane = lanes.get(text);
    if (lane === undefined) lanes.set(text, (lane = { key, entries: [], head: 0, running: 0 }));
    return lane;
  };

  const takeFrom = (lane: Lane<T>): T | undefined => {
    const entry = lane.entries[lane.head];
    if (entry === undefined) return undefined;
    lane.head++;
    if (lane.head >= compactAt) {
      lane.entries = lane.entries.slice(lane.head);
      lane.head = 0;
    }
    lane.running++;
    size--;
    return entry;
  };

  const dropIfEmpty = (text: string, lane: Lane<T>): void => {
    if (lane.running === 0 && lane.head >= lane.entries.length) lanes.delete(text);
  };

  return {
    get size() {
      return size;
    },
    push(entry) {
      laneOf(entry.key).entries.push(entry);
      size++;
    },
    take() {
      if (size === 0) return undefined;
      for (const [text, lane] of lanes) {
        if (lane.running >= mostRunning(lane.key)) continue;
        const entry = takeFrom(lane);
        if (entry === undefined) continue;
        // To the end of the map: it is the others' turn now.
        lanes.delete(text);
        lanes.set(text, lane);
        return entry;
      }
      return undefined;
    },
    finished(entry) {
      const text = keyText(entry.key);
      const lane = lanes.get(text);
      if (lane === undefined) return;
      lane.running--;
      dropIfEmpty(text, lane);
    },
  };
}
