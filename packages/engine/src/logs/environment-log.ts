import type { Readable } from "node:stream";
import { engineLimits } from "../limits.ts";
import type { LogLine } from "../types.ts";
import { createLineSplitter } from "./line-splitter.ts";
import { createLogTail } from "./log-tail.ts";

/** The log of one environment: one stream, in order. */
export interface EnvironmentLog {
  /** Takes a process's output by lines. */
  attach(stream: Readable): void;
  /** Adds a line of the platform's own. */
  write(message: string | undefined): void;
  /** From here on lines are also kept for the tail. */
  startTail(): void;
  /** The last 4 KB since `startTail`. */
  tail(): Buffer;
  /** Resolves when all that had been written to the attached streams before the call has been taken, unfinished lines as well. */
  drain(): Promise<void>;
  /** Hands on what has gathered. */
  flush(): void;
  /** Resolves when the attached streams have ended: nothing can come any more. */
  ended(): Promise<void>;
}

interface Source {
  bytes: number;
  over: boolean;
  flush(): void;
}

// One turn of the event loop reads every pipe that has bytes; a chatty thread must not hold an answer back for ever.
const maxDrainTurns = 64;
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Gathers lines and hands them on in batches, in order. */
export function createEnvironmentLog(deliver: (lines: readonly LogLine[]) => void): EnvironmentLog {
  const sources = new Set<Source>();
  let batch: LogLine[] = [];
  let scheduled = false;
  const tail = createLogTail();
  let secondStart = 0;
  let secondBytes = 0;
  let dropped = 0;

  const flush = (): void => {
    scheduled = false;
    if (batch.length === 0) return;
    const lines = batch;
    batch = [];
    deliver(lines);
  };
  const add = (message: string): void => {
    const text = `${message}\n`;
    batch.push({ timestampMs: Date.now(), message: text });
    tail.add(text);
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  };
  const addOutput = (bytes: Buffer): void => {
    const now = performance.now();
    if (now - secondStart >= 1_000) {
      if (dropped > 0) add(`LOGS\tName: platform\tState: Dropped\tRecords: ${dropped}`);
      [secondStart, secondBytes, dropped] = [now, 0, 0];
    }
    secondBytes += bytes.length;
    if (secondBytes > engineLimits.logBytesPerSecond) dropped++;
    // A carriage return inside a line is how bootstraps carry a message of several lines.
    else add(bytes.toString("utf8").replace(/\r$/, "").replaceAll("\r", "\n"));
  };

  const attach = (stream: Readable): void => {
    const splitter = createLineSplitter(addOutput);
    const source: Source = { bytes: 0, over: false, flush: () => splitter.flush() };
    const over = (): void => {
      splitter.flush();
      source.over = true;
    };
    sources.add(source);
    stream.on("data", (data: Buffer) => {
      source.bytes += data.length;
      splitter.take(data);
    });
    stream.on("end", over);
    stream.on("error", over);
    stream.on("close", over);
  };

  const received = (): number => [...sources].reduce((sum, { bytes }) => sum + bytes, 0);
  const drain = async (): Promise<void> => {
    for (let turn = 0; turn < maxDrainTurns; turn++) {
      const before = received();
      await nextTurn();
      if (received() === before) break;
    }
    for (const source of sources) source.flush();
    flush();
  };

  return {
    attach,
    write(message) {
      if (message !== undefined) add(message);
    },
    startTail: () => tail.clear(),
    tail: () => tail.bytes(),
    flush,
    drain,
    async ended() {
      for (let turn = 0; turn < maxDrainTurns && [...sources].some(({ over }) => !over); turn++) await nextTurn();
      await drain();
      sources.clear();
    },
  };
}
