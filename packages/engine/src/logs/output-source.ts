import type { Readable } from "node:stream";
import { engineLimits } from "../limits.ts";
import { createOutputReader, type OutputEvent } from "./output-reader.ts";

/** Says whether a source may go on reading, and when. */
export interface ReadingGate {
  readonly isOpen: boolean;
  /** Calls back when it is worth asking again. */
  wait(callback: () => void): void;
  /** So many bytes and events were read. */
  spent(bytes: number, events: number): void;
}

/** One stream of a process's output. It is read a little at a time, and not at all while the gate is closed: whoever writes more then waits. */
export interface OutputSource {
  /** Bytes that have come so far. */
  readonly bytes: number;
  /** The stream has ended and all of it was read. */
  readonly over: boolean;
  /** Resolves when all that has come is read. */
  settled(): Promise<void>;
  /** Gives out what has come of an unfinished line. */
  flush(): void;
}

export function createOutputSource(stream: Readable, gate: ReadingGate, onEvent: (event: OutputEvent) => void): OutputSource {
  let bytes = 0;
  let ended = false;
  let isBusy = false;
  let unspentBytes = 0;
  let events = 0;
  let onSettled: (() => void)[] = [];
  const reader = createOutputReader((event) => {
    events++;
    onEvent(event);
  });

  const settle = (): void => {
    isBusy = false;
    if (ended) reader.flush();
    else stream.resume();
    const waiting = onSettled;
    onSettled = [];
    for (const resolve of waiting) resolve();
  };
  /** Reads on, a slice a turn of the event loop, as long as the gate is open. */
  const work = (): void => {
    if (!gate.isOpen) return gate.wait(work);
    const hasMore = reader.read(engineLimits.logEventsPerTurn);
    gate.spent(unspentBytes, events);
    unspentBytes = events = 0;
    if (hasMore) setImmediate(work);
    else if (gate.isOpen) settle();
    else gate.wait(work);
  };

  stream.on("data", (data: Buffer) => {
    bytes += data.length;
    unspentBytes += data.length;
    reader.push(data);
    if (isBusy) return;
    const hasMore = reader.read(engineLimits.logEventsPerTurn);
    gate.spent(unspentBytes, events);
    unspentBytes = events = 0;
    if (!hasMore && gate.isOpen) return;
    isBusy = true;
    stream.pause();
    setImmediate(work);
  });
  const end = (): void => {
    ended = true;
    if (!isBusy) reader.flush();
  };
  for (const event of ["end", "error", "close"]) stream.on(event, end);

  return {
    get bytes() {
      return bytes;
    },
    get over() {
      return ended && !isBusy;
    },
    settled: () => (isBusy ? new Promise((resolve) => void onSettled.push(resolve)) : Promise.resolve()),
    flush: () => reader.flush(),
  };
}
