import { readdir, readFile } from "node:fs/promises";
import type { Sandbox } from "@mayfly/sandbox";
import type { EnvironmentUsage } from "../types.ts";

const pageBytes = 4_096;
/** The kernel counts processor time in hundredths of a second on every architecture that runs here. */
const tickMs = 10;

const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");

/** What a sandbox's processes use; those that end meanwhile count nothing. */
export async function usageOf({ pid, processes }: Pick<Sandbox, "pid" | "processes">): Promise<EnvironmentUsage | undefined> {
  const pids = processes();
  return pids === undefined ? usageBelow(pid) : sum(await Promise.all(pids.map(usageOfOne)));
}

const sum = (usages: readonly EnvironmentUsage[]): EnvironmentUsage => ({
  memoryBytes: usages.reduce((total, { memoryBytes }) => total + memoryBytes, 0),
  cpuMs: usages.reduce((total, { cpuMs }) => total + cpuMs, 0),
});

/** What everything below the launcher with that process id uses. */
async function usageBelow(pid: number): Promise<EnvironmentUsage | undefined> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => undefined);
  if (threads === undefined) return undefined;
  const children = await Promise.all(threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`)));
  const pids = children.flatMap((line) => line.split(" ").filter(Boolean).map(Number));
  const below = await Promise.all(pids.flatMap((child) => [usageOfOne(child), usageBelow(child)]));
  return sum(below.filter((usage) => usage !== undefined));
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function usageOfOne(pid: number): Promise<EnvironmentUsage> {
  const stat = await read(`/proc/${pid}/stat`);
  // The name, in brackets, may hold anything. Behind it: state, then fields 4 on; 14 to 17 are processor time, 24 is resident pages.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const cpuTicks = fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0);
  return { memoryBytes: (fields[21] ?? 0) * pageBytes, cpuMs: (cpuTicks || 0) * tickMs };
}
