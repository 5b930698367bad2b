import type { Models } from "@mayfly/db";
import type { Clock } from "@mayfly/kernel";
import type { FunctionKey, Invoked } from "@mayfly/lambda";
import { mayflyLimits as limits } from "../limits.ts";
import { toKeptRow, type KeptRow, type Sealer } from "./kept-row.ts";

/** What is kept of a function. */
interface KeptUsage {
  readonly count: number;
  readonly bytes: number;
}

/** The last day's invocations of functions that allow it, so that they can be run again. */
export interface KeptInvocations {
  /** Reads which functions allow it. To be awaited before functions run. */
  start(): Promise<void>;
  /** Told of each invocation that is over; costs one look-up if the function does not allow it. What it takes is on disk a little later, or lost with the server. */
  take(invoked: Invoked): void;
  isAllowed(key: FunctionKey): boolean;
  /** What is forbidden anew is forgotten, too. */
  allow(key: FunctionKey, allowed: boolean): Promise<void>;
  /** The newest first. @param before only those that began before */
  list(key: FunctionKey, before: number | undefined, count: number): Promise<readonly Omit<KeptRow, "event" | "response">[]>;
  find(key: FunctionKey, requestId: string): Promise<KeptRow | undefined>;
  usage(key: FunctionKey): Promise<KeptUsage>;
  /** The function was deleted. */
  forget(key: FunctionKey): Promise<void>;
  /** Writes what was taken. */
  flush(): Promise<void>;
}

const textOf = ({ accountId, region, functionName }: FunctionKey): string => `${accountId}/${region}/${functionName}`;
const keyOf = ({ accountId, region, functionName }: FunctionKey): FunctionKey => ({ accountId, region, functionName });
const listed = {
  accountId: true,
  region: true,
  functionName: true,
  requestId: true,
  qualifier: true,
  executedVersion: true,
  invokedAtMs: true,
  durationMs: true,
  functionError: true,
  logGroupName: true,
  logStreamName: true,
  eventBytes: true,
  sealedBytes: true,
} as const;

export function createKeptInvocations({
  models,
  sealer,
  clock,
  onProblem,
}: {
  models: Models;
  sealer: Sealer;
  clock: Clock;
  onProblem: (line: string) => void;
}): KeptInvocations {
  const allowed = new Set<string>();
  let waiting: KeptRow[] = [];
  let waitingBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const { keptInvocation, functionReplayConfig } = models;

  async function write(rows: readonly KeptRow[]): Promise<void> {
    const kept = rows.filter((row) => allowed.has(textOf(row)));
    // A request id that comes again is an asynchronous event's next attempt: the last one counts.
    for (const row of kept) {
      const id = { ...keyOf(row), requestId: row.requestId };
      await keptInvocation.upsert({ where: { accountId_region_functionName_requestId: id }, create: row, update: row });
    }
    await keptInvocation.deleteMany({ where: { invokedAtMs: { lt: clock.now() - limits.keptInvocationMs } } });
    for (const text of new Set(kept.map(textOf))) await removeBeyond(kept.find((row) => textOf(row) === text) as KeptRow);
  }

  /** Lets the oldest go. */
  async function removeBeyond(row: KeptRow): Promise<void> {
    const where = keyOf(row);
    const all = await keptInvocation.findMany({
      where,
      orderBy: { invokedAtMs: "desc" },
      select: { invokedAtMs: true, sealedBytes: true },
    });
    let bytes = 0;
    const cut = all.findIndex(
      ({ sealedBytes }, at) => (bytes += sealedBytes) > limits.keptInvocationsBytes || at >= limits.keptInvocationCount,
    );
    const last = cut < 0 ? undefined : all[cut];
    if (last !== undefined) await keptInvocation.deleteMany({ where: { ...where, invokedAtMs: { lte: last.invokedAtMs } } });
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const rows = waiting;
    [waiting, waitingBytes] = [[], 0];
    writing = writing
      .then(() => (rows.length === 0 ? undefined : write(rows)))
      .catch((error: unknown) => onProblem(`Invocations could not be kept: ${String(error)}`));
    return writing;
  }

  return {
    async start() {
      for (const row of await functionReplayConfig.findMany()) allowed.add(textOf(row));
    },
    take(invoked) {
      if (!allowed.has(textOf(invoked.key)) || waitingBytes > limits.keptWaitingBytes) return;
      const row = toKeptRow(sealer, invoked);
      waiting.push(row);
      waitingBytes += row.sealedBytes;
      timer ??= setTimeout(() => void flush(), limits.keptLingerMs).unref();
    },
    isAllowed: (key) => allowed.has(textOf(key)),
    async allow(key, isAllowed) {
      const id = keyOf(key);
      if (isAllowed) {
        await functionReplayConfig.upsert({ where: { accountId_region_functionName: id }, create: id, update: id });
        allowed.add(textOf(key));
      } else await this.forget(key);
    },
    async list(key, before, count) {
      await flush();
      const since = clock.now() - limits.keptInvocationMs;
      const invokedAtMs = { gte: since, ...(before !== undefined && { lt: before }) };
      return keptInvocation.findMany({
        where: { ...keyOf(key), invokedAtMs },
        orderBy: { invokedAtMs: "desc" },
        take: count,
        select: listed,
      });
    },
    async find(key, requestId) {
      await flush();
      const row = await keptInvocation.findUnique({ where: { accountId_region_functionName_requestId: { ...keyOf(key), requestId } } });
      return row === null || row.invokedAtMs < clock.now() - limits.keptInvocationMs ? undefined : row;
    },
    async usage(key) {
      await flush();
      const { _count, _sum } = await keptInvocation.aggregate({ where: keyOf(key), _count: true, _sum: { sealedBytes: true } });
      return { count: _count, bytes: _sum.sealedBytes ?? 0 };
    },
    async forget(key) {
      allowed.delete(textOf(key));
      await flush();
      await functionReplayConfig.deleteMany({ where: keyOf(key) });
      await keptInvocation.deleteMany({ where: keyOf(key) });
    },
    flush,
  };
}
