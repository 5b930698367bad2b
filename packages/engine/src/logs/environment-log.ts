import type { Readable } from "node:stream";
import { engineLimits } from "../limits.ts";
import type { LogLine } from "../types.ts";
import { costOf, createLineBatch, type DeliverLines } from "./line-batch.ts";
import { applicationFilter, type LogSource } from "./log-levels.ts";
import { createLogTail } from "./log-tail.ts";
import type { OutputEvent } from "./output-reader.ts";
import { createOutputSource, type OutputSource, type ReadingGate } from "./output-source.ts";
import type { ReadingBudget } from "./reading-budget.ts";

/** The log of one environment: one stream, in order. */
export interface EnvironmentLog {
  /** Takes a process's output by lines and framed messages. */
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

// One turn of the event loop reads every pipe that has bytes; a chatty thread must not hold an answer back for ever.
const maxDrainTurns = 64;
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Gathers lines and hands them on in batches, in order. */
export function createEnvironmentLog(source: LogSource, budget: ReadingBudget, deliver: DeliverLines): EnvironmentLog {
  const isKept = applicationFilter(source);
  const sources = new Set<OutputSource>();
  const batch = createLineBatch(deliver);
  const tail = createLogTail();
  const account = budget.account();
  let lastMs = 0;

  const gate: ReadingGate = {
    get isOpen() {
      return account.maySpend && !batch.isFull;
    },
    wait: (callback) => (batch.isFull ? batch.whenNotFull(callback) : account.whenPaid(callback)),
    spent: (bytes, events) => account.spend(costOf(bytes, events)),
  };
  const add = (message: string, timestampMs: number): void => {
    lastMs = timestampMs;
    const line: LogLine = { timestampMs, message: `${message}\n` };
    batch.add(line);
    tail.add(line.message);
  };
  const addOutput = ({ bytes, frame }: OutputEvent): void => {
    const text = bytes.toString("utf8");
    if (!isKept(text, frame?.rank)) return;
    const now = Date.now();
    // A process may say of its messages when they were, within what keeps the stream in order.
    add(text, frame === undefined ? now : Math.min(now, Math.max(frame.timestampMs, lastMs)));
  };

  const receivedBytes = (): number => {
    let sum = 0;
    for (const { bytes } of sources) sum += bytes;
    return sum;
  };
  const drain = async (): Promise<void> => {
    // What comes beyond that was written later.
    const mostBytes = receivedBytes() + engineLimits.logPipeBytes;
    for (let turn = 0, before = -1; turn < maxDrainTurns && before !== receivedBytes() && before < mostBytes; turn++) {
      before = receivedBytes();
      await nextTurn();
      for (const output of sources) await output.settled();
    }
    for (const output of sources) output.flush();
    batch.flush();
  };

  return {
    attach: (stream) => void sources.add(createOutputSource(stream, gate, addOutput)),
    write(message) {
      if (message !== undefined) add(message, Date.now());
    },
    startTail: () => tail.clear(),
    tail: () => tail.bytes(),
    flush: () => batch.flush(),
    drain,
    async ended() {
      for (let turn = 0; turn < maxDrainTurns && [...sources].some(({ over }) => !over); turn++) {
        await nextTurn();
        for (const output of sources) await output.settled();
      }
      await drain();
      sources.clear();
    },
  };
}
