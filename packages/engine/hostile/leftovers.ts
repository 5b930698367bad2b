import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { waitFor } from "@mayfly/testkit";

/** What a sandbox is known by on the host while it runs. */
export interface Footprint {
  /** Notes the process and all below it. Whatever escapes from the tree is in the sandbox's pid namespace still, and ends with its first process. */
  note(pid: number): void;
  readonly processCount: number;
  /** Resolves once nothing of it is left. @throws Error that names what is */
  gone(): Promise<void>;
}

const mostNoted = 32;

/** Starts with nothing noted. */
export function createFootprint(): Footprint {
  const processes = new Map<number, string>();
  const cgroups = new Set<string>();
  const ownCgroups = new Set(cgroupFolders("self"));

  const note = (pid: number): void => {
    const startedAt = startTime(pid);
    if (startedAt === undefined) return;
    if (pid !== process.pid) processes.set(pid, startedAt);
    for (const folder of cgroupFolders(pid)) if (!ownCgroups.has(folder)) cgroups.add(folder);
    // A bomb has a thousand: to look at all of them would be an attack of its own.
    for (const child of childrenOf(pid)) if (processes.size < mostNoted) note(child);
  };
  const left = (): string[] => [
    ...[...processes].filter(([pid, startedAt]) => startTime(pid) === startedAt).map(([pid]) => `process ${pid} (${commandOf(pid)})`),
    ...[...cgroups].filter((folder) => existsSync(folder)).map((folder) => `control group ${folder}`),
  ];
  return {
    note,
    get processCount() {
      return processes.size;
    },
    gone: () => untilNone(left),
  };
}

/** Resolves once `left` names nothing. @throws Error that says what it names */
export async function untilNone(left: () => readonly string[]): Promise<void> {
  let last: readonly string[] = [];
  try {
    await waitFor("nothing to be left", () => (last = left()).length === 0, 10_000);
  } catch (error) {
    throw new Error(`Left behind: ${last.join(", ")}`, { cause: error });
  }
}

/** Mounts that this process sees below a folder. */
export const mountsBelow = (folder: string): string[] =>
  readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .filter((path) => path.startsWith(`${folder}/`));

/** How many file descriptors this process has open. */
export const openFileCount = (): number => readdirSync("/proc/self/fd").length;

/** For /proc, where processes end while one looks and others' are closed to us. */
function look<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

const commandOf = (pid: number): string => look(() => readFileSync(`/proc/${pid}/comm`, "utf8").trim()) ?? "?";

/** Undefined for one that has ended, reaped or not. */
function startTime(pid: number): string | undefined {
  const stat = look(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields === undefined || fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}

function childrenOf(pid: number): number[] {
  const threads = look(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  return threads
    .slice(0, mostNoted)
    .map((thread) => look(() => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")) ?? "")
    .flatMap((line) => line.split(" ").filter(Boolean).map(Number));
}

/** Where the control groups of a process lie. One that is ending counts to the root groups already. */
function cgroupFolders(pid: number | "self"): string[] {
  const lines = (look(() => readFileSync(`/proc/${pid}/cgroup`, "utf8")) ?? "").split("\n");
  return lines.flatMap((line) => {
    const [, controllers = "", path = "/"] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    return path === "/" ? [] : [join("/sys/fs/cgroup", controllers.replace(/^name=/, ""), path)];
  });
}
