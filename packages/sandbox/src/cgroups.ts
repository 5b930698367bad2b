import {
  closeSync,
  mkdirSync,
  openSync,
  readSync,
  readFileSync,
  readdirSync,
  rmdirSync,
  writeFileSync,
  accessSync,
  constants,
  existsSync,
} from "node:fs";
import { join } from "node:path";

/** A control group of one sandbox. */
export interface Cgroup {
  /** cgroup.procs files that the launcher joins before anything of the function runs. */
  readonly processFiles: readonly string[];
  limitMemory(bytes: number): void;
  /** Undefined where the kernel keeps no peak (cgroup v2 before Linux 5.19). */
  peakMemoryBytes(): number | undefined;
  /** Whether the kernel killed a process for want of memory. */
  ranOutOfMemory(): boolean;
  /** Removes it; its processes must be gone. */
  remove(): void;
}

/** What a control group bounds. */
interface CgroupLimits {
  readonly memoryBytes: number;
  readonly maxProcesses: number;
}

/** Makes control groups, by whichever version this machine lets us write. */
export interface Cgroups {
  readonly version: 1 | 2;
  create(id: string, limits: CgroupLimits): Cgroup;
  /** Removes groups that servers which are gone left behind. False if some can't go before their killed processes have. */
  sweep(): boolean;
  /** Removes this server's own parent group. */
  close(): void;
}

const mountPoint = "/sys/fs/cgroup";
const isWritable = (path: string): boolean => attempt(() => (accessSync(path, constants.W_OK), true), false);

/** Finds the version that can be written; undefined if none can. `name` tells Mayfly's groups from others'. */
export function openCgroups(name: string): Cgroups | undefined {
  const own = `${name}-${incarnation(process.pid)}`;
  return attempt(() => (existsSync(join(mountPoint, "cgroup.controllers")) ? openV2(name, own) : openV1(name, own)), undefined);
}

function openV1(name: string, own: string): Cgroups | undefined {
  const memory = join(mountPoint, "memory");
  const pids = join(mountPoint, "pids");
  if (!isWritable(memory) || !isWritable(pids)) return undefined;
  const parents = [join(memory, own), join(pids, own)] as const;
  for (const parent of parents) mkdirSync(parent, { recursive: true });
  return {
    version: 1,
    create(id, { memoryBytes, maxProcesses }) {
      const [memoryFolder, pidsFolder] = [join(parents[0], id), join(parents[1], id)];
      mkdirSync(memoryFolder);
      mkdirSync(pidsFolder);
      limitMemoryV1(memoryFolder, memoryBytes);
      write(pidsFolder, "pids.max", maxProcesses);
      const peak = openCounter(join(memoryFolder, "memory.max_usage_in_bytes"));
      return {
        processFiles: [join(memoryFolder, "cgroup.procs"), join(pidsFolder, "cgroup.procs")],
        limitMemory: (bytes) => limitMemoryV1(memoryFolder, bytes),
        peakMemoryBytes: peak.read,
        ranOutOfMemory: () => counter(memoryFolder, "memory.oom_control", "oom_kill") > 0,
        remove() {
          peak.close();
          [memoryFolder, pidsFolder].forEach(removeGroup);
        },
      };
    },
    sweep: () => [memory, pids].map((root) => sweepDead(root, name)).every(Boolean),
    close: () => parents.forEach(removeGroup),
  };
}

/** With swap accounting a second file bounds memory and swap together, never to less than memory alone; without it the file is not there. */
function limitMemoryV1(folder: string, bytes: number): void {
  const limitBoth = (): boolean => attempt(() => (write(folder, "memory.memsw.limit_in_bytes", bytes), true), false);
  const isRaised = limitBoth();
  write(folder, "memory.limit_in_bytes", bytes);
  if (!isRaised) limitBoth();
}

function openV2(name: string, own: string): Cgroups | undefined {
  const controllers = readFileSync(join(mountPoint, "cgroup.controllers"), "utf8").split(/\s+/);
  if (!controllers.includes("memory") || !controllers.includes("pids") || !isWritable(mountPoint)) return undefined;
  const parent = join(mountPoint, own);
  write(mountPoint, "cgroup.subtree_control", "+memory +pids");
  mkdirSync(parent, { recursive: true });
  write(parent, "cgroup.subtree_control", "+memory +pids");
  return {
    version: 2,
    create(id, { memoryBytes, maxProcesses }) {
      const folder = join(parent, id);
      mkdirSync(folder);
      write(folder, "memory.max", memoryBytes);
      attempt(() => write(folder, "memory.swap.max", 0), undefined);
      write(folder, "pids.max", maxProcesses);
      const peak = openCounter(join(folder, "memory.peak"));
      return {
        processFiles: [join(folder, "cgroup.procs")],
        limitMemory: (bytes) => write(folder, "memory.max", bytes),
        peakMemoryBytes: peak.read,
        ranOutOfMemory: () => counter(folder, "memory.events", "oom_kill") > 0,
        remove() {
          peak.close();
          removeGroup(folder);
        },
      };
    },
    sweep: () => sweepDead(mountPoint, name),
    close: () => removeGroup(parent),
  };
}

/** A kernel's counter that is read after every invocation: kept open, and read in place, that costs microseconds. */
function openCounter(file: string): { read(): number | undefined; close(): void } {
  const descriptor = attempt(() => openSync(file, "r"), undefined);
  if (descriptor === undefined) return { read: () => undefined, close: () => {} };
  const buffer = Buffer.alloc(32);
  return {
    read: () => attempt(() => Number(buffer.toString("latin1", 0, readSync(descriptor, buffer, 0, buffer.length, 0))), undefined),
    close: () => closeSync(descriptor),
  };
}

function write(folder: string, file: string, value: string | number): void {
  writeFileSync(join(folder, file), String(value));
}

function counter(folder: string, file: string, name: string): number {
  const text = attempt(() => readFileSync(join(folder, file), "utf8"), "");
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
}

/** Groups that lie in it go first. One that still has a process stays; the next sweep finds it. */
function removeGroup(folder: string): void {
  const inner = attempt(() => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()), []);
  for (const { name } of inner) removeGroup(join(folder, name));
  attempt(() => rmdirSync(folder), undefined);
}

/** A process id and when it started: ids come again, in containers at every start. Of one that has ended the second part is missing. */
function incarnation(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  // The name, in brackets, may hold anything; the state follows it, the start time is the 20th field from there.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const hasEnded = fields[0] === "Z" || fields[0] === "X";
  return `${pid}-${hasEnded ? "" : (fields[19] ?? "")}`;
}

function sweepDead(root: string, name: string): boolean {
  let isClean = true;
  for (const entry of attempt(() => readdirSync(root), [])) {
    const tag = entry.startsWith(`${name}-`) ? entry.slice(name.length + 1) : "";
    if (!/^\d+-\d+$/.test(tag) || tag === incarnation(Number(tag.split("-")[0]))) continue;
    const group = join(root, entry);
    const canEnd = killAll(group);
    removeGroup(group);
    isClean &&= !canEnd || !existsSync(group);
  }
  return isClean;
}

/** Kills what a dead server's groups still hold. False if they hold what can't be killed from here. */
function killAll(folder: string): boolean {
  let canEnd = true;
  for (const entry of attempt(() => readdirSync(folder, { withFileTypes: true }), [])) {
    if (entry.isDirectory()) canEnd = killAll(join(folder, entry.name)) && canEnd;
  }
  const pids = attempt(() => readFileSync(join(folder, "cgroup.procs"), "utf8"), "")
    .split("\n")
    .filter((line) => line !== "")
    .map(Number);
  for (const pid of pids) {
    // Processes of another pid namespace read as 0, which would mean our own group.
    if (pid > 0) attempt(() => process.kill(pid, "SIGKILL"), false);
    else canEnd = false;
  }
  return canEnd;
}

/** For files of the kernel's that may vanish or refuse at any moment: what then counts is `otherwise`. */
function attempt<T, U>(action: () => T, otherwise: U): T | U {
  try {
    return action();
  } catch {
    return otherwise;
  }
}
