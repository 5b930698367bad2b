import { fileURLToPath } from "node:url";
import { runChild } from "./child.ts";
import { limits } from "./limits.ts";
import type { LoadOrder, LoadResult } from "./load-generator.ts";
import { quantile } from "./table.ts";

const generator = fileURLToPath(new URL("load-generator.ts", import.meta.url));

/** Where requests go. */
export type LoadTarget = Pick<LoadOrder, "host" | "port" | "path" | "credentials">;

/** Figures of a run. */
export interface LoadFigures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
}

/** Runs a load generator in a process of its own. @throws Error if a request was not answered with success */
export async function runLoad(target: LoadTarget, callers: number): Promise<LoadFigures> {
  const order: LoadOrder = { ...target, callers, count: limits.requestCount[callers] ?? 1_000, warmUpCount: limits.warmUpCount, limitMs: limits.loadMs };
  const { latenciesMs, elapsedMs } = await generate(order);
  return { p50Ms: quantile(latenciesMs, 0.5), p99Ms: quantile(latenciesMs, 0.99), perSecond: (latenciesMs.length * 1_000) / elapsedMs };
}

/** The time of one request, the first of its target. Milliseconds. */
export async function timeOneRequest(target: LoadTarget): Promise<number> {
  const { latenciesMs } = await generate({ ...target, callers: 1, count: 1, warmUpCount: 0, limitMs: limits.coldStartMs });
  return latenciesMs[0] ?? Number.NaN;
}

async function generate(order: LoadOrder): Promise<LoadResult> {
  const result = JSON.parse(await runChild(process.execPath, [generator, JSON.stringify(order)])) as LoadResult;
  if (result.failures > 0 || result.latenciesMs.length === 0) throw new Error(`${result.failures} of ${result.latenciesMs.length} requests to ${order.path} failed.`);
  return result;
}
