import type { AsyncEventRow, AsyncEventStore } from "@mayfly/db";
import type { Clock } from "@mayfly/kernel";
import type { FunctionKey } from "../function-name.ts";
import type { LambdaLimits } from "../limits.ts";
import { createBacklog } from "./async-backlog.ts";
import { createDelays } from "./delays.ts";
import { createFairQueue } from "./fair-queue.ts";
import { createRemovals } from "./async-removals.ts";
import { createHeldPayloads } from "./held-payloads.ts";
import { createKnownEvents, type WaitingEvents } from "./known-events.ts";

/**
 * What became of an attempt: nothing more to do once `logged` resolves (what the function wrote is on disk), try again at a time, with so many failures of the
 * function behind it, or leave it for the next start of the server.
 */
export type AsyncOutcome =
  | { readonly kind: "done"; readonly logged: Promise<void> }
  | { readonly kind: "retry"; readonly dueAtMs: number; readonly failures: number }
  | { readonly kind: "left" };

/** Accepted asynchronous events on their way to their functions: on disk first, run at least once. */
export interface AsyncQueue {
  /** Resolves when the event is on disk. */
  accept(event: AsyncEventRow): Promise<void>;
  /** What waits of a function, a version or an alias, as far as memory knows; `isComplete` is false while further events wait on disk only. */
  waiting(key: FunctionKey, qualifier: string): WaitingEvents & { readonly isComplete: boolean };
  /** Begins to run events, those of earlier starts first. */
  start(): void;
  /** Starts no further event; resolves when those under way are done. What is left stays on disk. */
  close(): Promise<void>;
  /** Stops without waiting; what is under way changes nothing any more. */
  abandon(): void;
}

/** What the queue is made of. */
export interface AsyncQueueOptions {
  readonly store: AsyncEventStore;
  readonly clock: Clock;
  readonly limits: LambdaLimits;
  readonly run: (event: AsyncEventRow) => Promise<AsyncOutcome>;
  /** While it is true few events run: who waits for an answer comes first, and events are accepted faster than they are run. */
  readonly isBusy: () => boolean;
  /** How many of a function's events may run at once, as far as it is known without waiting. */
  readonly parallelism: (key: FunctionKey) => number | undefined;
  readonly onProblem: (line: string) => void;
}

/** An event known in memory. */
interface Entry {
  readonly id: string;
  readonly key: FunctionKey;
  readonly acceptedAtMs: number;
  attempts: number;
}

/** Events run in the order of acceptance within a function, functions take turns. */
export function createAsyncQueue(options: AsyncQueueOptions): AsyncQueue {
  const { store, clock, limits, onProblem } = options;
  const ready = createFairQueue<Entry>(inFlightLimit(options));
  const known = createKnownEvents();
  const delays = createDelays();
  const underWay = new Set<Promise<void>>();
  const removals = createRemovals({
    store,
    onProblem,
    isWanted: () => state !== "abandoned",
    removed: (id) => (known.delete(id), backlog.finished(id)),
  });
  const backlog = createBacklog({ store, readCount: limits.asyncReadCount, admit, onProblem });
  const payloads = createHeldPayloads(limits.asyncHeldPayloadBytes);
  let isPumpDue = false;
  let state: "waiting" | "running" | "closed" | "abandoned" = "waiting";

  function admit(row: AsyncEventRow): void {
    const entry = toEntry(row);
    if (known.has(row.id)) return;
    known.add(row);
    if (row.dueAtMs > clock.now()) return delay(entry, row.dueAtMs);
    payloads.hold(row);
    ready.push(entry);
  }

  function delay(entry: Entry, dueAtMs: number): void {
    delays.after(dueAtMs - clock.now(), () => (ready.push(entry), pump()));
  }

  function pump(): void {
    if (state !== "running") return;
    while (underWay.size < limits.asyncInFlightCount) {
      if (underWay.size >= limits.asyncInFlightBusyCount && ready.size > 0 && options.isBusy()) return pumpLater();
      const entry = ready.take();
      if (entry === undefined) break;
      const work: Promise<void> = attempt(entry).finally(() => (underWay.delete(work), ready.finished(entry), pump()));
      underWay.add(work);
    }
    if (ready.size < limits.asyncReadyCount / 2) backlog.read(pump);
  }

  function pumpLater(): void {
    if (isPumpDue) return;
    isPumpDue = true;
    delays.after(limits.asyncBusyLookMs, () => ((isPumpDue = false), pump()));
  }

  const attempt = (entry: Entry): Promise<void> =>
    attemptUnguarded(entry).catch((error: unknown) => onProblem(`Asynchronous event ${entry.id}: ${String(error)}`));

  async function attemptUnguarded(entry: Entry): Promise<void> {
    const row = payloads.take(entry.id) ?? (await readAgain(store, entry));
    const outcome: AsyncOutcome = row === undefined ? { kind: "done", logged: Promise.resolve() } : await options.run(row);
    // What could not run because the server ends has not failed: it stays on disk for the next start.
    if (outcome.kind === "left" || state === "abandoned" || (outcome.kind === "retry" && state === "closed")) return;
    if (outcome.kind === "done") return removals.after(outcome.logged, entry.id);
    const { dueAtMs, failures } = outcome;
    entry.attempts++;
    await store.reschedule(entry.id, { attempts: entry.attempts, failures, dueAtMs });
    if (state === "running") delay(entry, dueAtMs);
  }
  return {
    async accept(event) {
      await store.put(event);
      if (state !== "running" || backlog.pending || ready.size >= limits.asyncReadyCount) backlog.skipped(event);
      else admit(event);
      pump();
    },
    waiting: (key, qualifier) => ({ ...known.waiting(key, qualifier), isComplete: !backlog.pending }),
    start() {
      state = "running";
      backlog.skipped({ acceptedAtMs: -1 });
      pump();
    },
    async close() {
      state = "closed";
      delays.clear();
      await Promise.all(underWay);
      await removals.settled();
    },
    abandon() {
      state = "abandoned";
      delays.clear();
    },
  };
}

const inFlightLimit =
  ({ limits, parallelism }: AsyncQueueOptions) =>
  (key: FunctionKey): number =>
    Math.min(limits.asyncInFlightPerFunctionCount, Math.max(1, parallelism(key) ?? Infinity));

const toEntry = ({ id, accountId, region, functionName, acceptedAtMs, attempts }: AsyncEventRow): Entry => ({
  id,
  key: { accountId, region, functionName },
  acceptedAtMs,
  attempts,
});

// The store reads by position only: an id without its last digit sorts just before the id itself.
async function readAgain(store: AsyncEventStore, entry: Entry): Promise<AsyncEventRow | undefined> {
  const rows = await store.list({ acceptedAtMs: entry.acceptedAtMs, id: entry.id.slice(0, -1) }, 2);
  return rows.find((row) => row.id === entry.id);
}
