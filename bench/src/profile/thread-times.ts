import { readdirSync } from "node:fs";
import { readProcFile } from "@mayfly/testkit";
import { statMs } from "../processes.ts";

/** CPU time that each thread of a process has had, by its id. */
export type ThreadTimes = ReadonlyMap<string, { readonly name: string; readonly ms: number }>;

/** Reads them. */
export function threadTimes(pid: number): ThreadTimes {
  const times = new Map<string, { name: string; ms: number }>();
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    const text = readProcFile(`/proc/${pid}/task/${id}/stat`);
    const name = Number(id) === pid ? "main" : (/\((.*)\)/.exec(text)?.[1] ?? "");
    times.set(id, { name, ms: statMs(text) });
  }
  return times;
}

/** CPU time between two readings, by the threads' names, largest first. */
export function usedBetween(before: ThreadTimes, after: ThreadTimes): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const [id, { name, ms }] of after) used.set(name, (used.get(name) ?? 0) + ms - (before.get(id)?.ms ?? 0));
  return new Map([...used].filter(([, ms]) => ms > 0).sort(([, a], [, b]) => b - a));
}
