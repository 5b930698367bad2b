import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { periodUs, quotaUs, weightOf } from "./cpu.ts";
import { setLimits, type Limiters } from "./limiters.ts";
import { attempt, figure, isWritable, openCounter, write } from "./files.ts";
import { incarnation } from "../incarnation.ts";
import { killProcesses, processesOf, removeGroup, removeGroups, sweepDead } from "./sweep.ts";
import type { Cgroups } from "./types.ts";

/** Weight of one processor: that of any group which was given none. */
const sharesPerCpu = 1024;
const leastShares = 2;

/** Where a sandbox's groups lie: version 1 has a tree for each controller. */
interface Folders {
  readonly memory: string;
  readonly pids: string;
  readonly cpu: string | undefined;
}

const limiters: Limiters<Folders> = {
  memoryBytes({ memory }, bytes) {
    // With swap accounting a second file bounds memory and swap together, never to less than memory alone; without it the file is not there.
    const limitBoth = (): boolean => attempt(() => (write(memory, "memory.memsw.limit_in_bytes", bytes), true), false);
    const isRaised = limitBoth();
    write(memory, "memory.limit_in_bytes", bytes);
    if (!isRaised) limitBoth();
    // Version 1 counts the buffers of TCP connections apart from all other memory.
    attempt(() => write(memory, "memory.kmem.tcp.limit_in_bytes", bytes), undefined);
  },
  maxProcesses: ({ pids }, count) => write(pids, "pids.max", count),
  cpus({ cpu }, cpus) {
    if (cpu === undefined) return;
    write(cpu, "cpu.cfs_quota_us", quotaUs(cpus) ?? -1);
    write(cpu, "cpu.shares", Math.max(leastShares, Math.round(weightOf(cpus) * sharesPerCpu)));
  },
};

/** Control groups of version 1 below `mountPoint`; undefined if they can't be written. */
export function openV1(mountPoint: string, name: string): Cgroups | undefined {
  const roots = { memory: join(mountPoint, "memory"), pids: join(mountPoint, "pids"), cpu: join(mountPoint, "cpu") };
  if (!isWritable(roots.memory) || !isWritable(roots.pids)) return undefined;
  const own = `${name}-${incarnation(process.pid)}`;
  const boundsCpu = isWritable(roots.cpu);
  const used = [roots.memory, roots.pids, ...(boundsCpu ? [roots.cpu] : [])];
  const foldersOf = (...path: string[]): Folders => ({
    memory: join(roots.memory, ...path),
    pids: join(roots.pids, ...path),
    cpu: boundsCpu ? join(roots.cpu, ...path) : undefined,
  });
  const listed = (folders: Folders): string[] => Object.values(folders).filter((folder) => folder !== undefined);
  const parents = listed(foldersOf(own));
  for (const parent of parents) mkdirSync(parent, { recursive: true });
  return {
    version: 1,
    boundsCpu,
    create(id, limits) {
      const folders = foldersOf(own, id);
      for (const folder of listed(folders)) mkdirSync(folder);
      if (folders.cpu !== undefined) write(folders.cpu, "cpu.cfs_period_us", periodUs);
      setLimits(limiters, folders, limits);
      const peak = openCounter(join(folders.memory, "memory.max_usage_in_bytes"));
      return {
        processFiles: listed(folders).map((folder) => join(folder, "cgroup.procs")),
        limit: (changed) => setLimits(limiters, folders, changed),
        peakMemoryBytes: peak.read,
        ranOutOfMemory: () => figure(folders.memory, "memory.oom_control", "oom_kill") > 0,
        processes: () => processesOf(folders.pids),
        killAllBut: (pid) => void killProcesses(folders.pids, (one) => one !== pid),
        remove() {
          peak.close();
          return removeGroups(listed(folders));
        },
      };
    },
    limitTotal(memoryBytes) {
      const { memory } = foldersOf(own);
      return attempt(() => {
        limiters.memoryBytes(foldersOf(own), memoryBytes);
        // Without it, as before Linux 5.11 unless it was asked for, a group's limit says nothing of those below it.
        return readFileSync(join(memory, "memory.use_hierarchy"), "utf8").trim() === "1";
      }, false);
    },
    sweep: () => used.map((root) => sweepDead(root, name)).every(Boolean),
    close: () => parents.forEach(removeGroup),
  };
}
