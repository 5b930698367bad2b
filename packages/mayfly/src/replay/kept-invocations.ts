import type { Models } from "@mayfly/db";
import type { Clock } from "@mayfly/kernel";
import type { FunctionKey, Invoked } from "@mayfly/lambda";
import { mayflyLimits as limits } from "../limits.ts";
import { createKeptWriter, keyOf, textOf } from "./kept-writer.ts";
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
  isAllowed(key: FunctionKey): boolean;
  /** Takes an invocation that is over of a function that allows it. It is on disk a little later, or lost with the server. */
  take(invoked: Invoked): void;
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

/** What keeping is done with. */
export interface KeepingResources {
  readonly models: Models;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly onProblem: (line: string) => void;
}

export function createKeptInvocations(resources: KeepingResources): KeptInvocations {
  const { models, sealer, clock } = resources;
  const { keptInvocation, functionReplayConfig } = models;
  const allowed = new Set<string>();
  const writer = createKeptWriter(resources, (key) => allowed.has(textOf(key)));
  const { flush } = writer;

  const forget = async (key: FunctionKey): Promise<void> => {
    allowed.delete(textOf(key));
    await flush();
    await functionReplayConfig.deleteMany({ where: keyOf(key) });
    await keptInvocation.deleteMany({ where: keyOf(key) });
  };

  return {
    async start() {
      for (const row of await functionReplayConfig.findMany()) allowed.add(textOf(row));
    },
    isAllowed: (key) => allowed.size > 0 && allowed.has(textOf(key)),
    take(invoked) {
      if (writer.hasRoom()) writer.add(toKeptRow(sealer, invoked));
    },
    async allow(key, isAllowed) {
      if (!isAllowed) return forget(key);
      const id = keyOf(key);
      await functionReplayConfig.upsert({ where: { accountId_region_functionName: id }, create: id, update: id });
      allowed.add(textOf(key));
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
    forget,
    flush,
  };
}
