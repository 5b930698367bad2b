import type { Readable } from "node:stream";
import { engineLimits } from "../limits.ts";
import type { LogLine } from "../types.ts";

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
  let tail: Buffer[] = [];
  let tailBytes = 0;
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
    const bytes = Buffer.from(text);
    tail.push(bytes);
    tailBytes += bytes.length;
    while (tail.length > 1 && tailBytes - tail[0]!.length >= engineLimits.logTailBytes) tailBytes -= tail.shift()!.length;
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
    let pieces: Buffer[] = [];
    let pendingBytes = 0;
    const source: Source = {
      bytes: 0,
      over: false,
      flush() {
        if (pendingBytes === 0) return;
        addOutput(Buffer.concat(pieces));
        [pieces, pendingBytes] = [[], 0];
      },
    };
    const keep = (part: Buffer): void => {
      let rest = part;
      while (pendingBytes + rest.length >= engineLimits.logLineBytes) {
        const taken = rest.subarray(0, engineLimits.logLineBytes - pendingBytes);
        pieces.push(taken);
        pendingBytes += taken.length;
        source.flush();
        rest = rest.subarray(taken.length);
      }
      if (rest.length === 0) return;
      pieces.push(rest);
      pendingBytes += rest.length;
    };
    const over = (): void => {
      source.flush();
      source.over = true;
    };
    sources.add(source);
    stream.on("data", (data: Buffer) => {
      source.bytes += data.length;
      let from = 0;
      for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
        keep(data.subarray(from, end));
        if (pendingBytes === 0) addOutput(Buffer.alloc(0));
        else source.flush();
        from = end + 1;
      }
      if (from < data.length) keep(data.subarray(from));
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
    startTail() {
      tail = [];
      tailBytes = 0;
    },
    tail: () => Buffer.concat(tail).subarray(-engineLimits.logTailBytes),
    drain,
    async ended() {
      for (let turn = 0; turn < maxDrainTurns && [...sources].some(({ over }) => !over); turn++) await nextTurn();
      await drain();
      sources.clear();
    },
  };
}
