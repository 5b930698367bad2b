import type { Readable } from "node:stream";
import { engineLimits } from "../limits.ts";
import type { LogLine } from "../types.ts";
import { createLineBatch } from "./line-batch.ts";
import { createLineSplitter } from "./line-splitter.ts";
import { applicationFilter, type LogSource } from "./log-levels.ts";
import { createLogTail } from "./log-tail.ts";
import { platformLines } from "./platform-lines.ts";

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
export function createEnvironmentLog(target: LogSource, deliver: (lines: readonly LogLine[]) => void): EnvironmentLog {
  const lines = platformLines(target);
  const isKept = applicationFilter(target);
  const sources = new Set<Source>();
  const batch = createLineBatch(deliver);
  const tail = createLogTail();
  let secondStart = 0;
  let secondBytes = 0;
  let dropped = { records: 0, bytes: 0 };

  const add = (message: string): void => {
    const text = `${message}\n`;
    batch.add(text);
    tail.add(text);
  };
  const write = (message: string | undefined): void => {
    if (message !== undefined) add(message);
  };
  const addOutput = (bytes: Buffer): void => {
    const now = performance.now();
    if (now - secondStart >= 1_000) {
      if (dropped.records > 0) write(lines.dropped(dropped.records, dropped.bytes));
      dropped = { records: 0, bytes: 0 };
      [secondStart, secondBytes] = [now, 0];
    }
    secondBytes += bytes.length;
    if (secondBytes > engineLimits.logBytesPerSecond) {
      dropped.records++;
      dropped.bytes += bytes.length;
      return;
    }
    // A carriage return inside a line is how bootstraps carry a message of several lines.
    const text = bytes.toString("utf8").replace(/\r$/, "").replaceAll("\r", "\n");
    if (isKept(text)) add(text);
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
    batch.flush();
  };

  return {
    attach,
    write,
    startTail: () => tail.clear(),
    tail: () => tail.bytes(),
    flush: () => batch.flush(),
    drain,
    async ended() {
      for (let turn = 0; turn < maxDrainTurns && [...sources].some(({ over }) => !over); turn++) await nextTurn();
      await drain();
      sources.clear();
    },
  };
}
