import { readdir, readFile } from "node:fs/promises";
import type { EnvironmentUsage } from "../types.ts";

const pageBytes = 4_096;
/** The kernel counts processor time in hundredths of a second on every architecture that runs here. */
const tickMs = 10;

const read = (file: string): Promise<string> => readFile(file, "utf8").catch(() => "");

/** What everything below the launcher with that process id uses; processes that end meanwhile count nothing. */
export async function usageBelow(pid: number | undefined): Promise<EnvironmentUsage | undefined> {
  if (pid === undefined) return undefined;
  const threads = await readdir(`/proc/${pid}/task`).catch(() => undefined);
  if (threads === undefined) return undefined;
  const children = await Promise.all(threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`)));
  const pids = children.flatMap((line) => line.split(" ").filter(Boolean).map(Number));
  const below = await Promise.all(
    pids.map(async (child) => {
      const [own, rest] = await Promise.all([usageOf(child), usageBelow(child)]);
      return { memoryBytes: own.memoryBytes + (rest?.memoryBytes ?? 0), cpuMs: own.cpuMs + (rest?.cpuMs ?? 0) };
    }),
  );
  return {
    memoryBytes: below.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    cpuMs: below.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  };
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function usageOf(pid: number): Promise<EnvironmentUsage> {
  const stat = await read(`/proc/${pid}/stat`);
  // The name, in brackets, may hold anything. Behind it: state, then fields 4 on; 14 to 17 are processor time, 24 is resident pages.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const cpuTicks = fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0);
  return { memoryBytes: (fields[21] ?? 0) * pageBytes, cpuMs: (cpuTicks || 0) * tickMs };
}
