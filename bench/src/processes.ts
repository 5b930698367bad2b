import { readFileSync, readdirSync, readlinkSync } from "node:fs";

const kibibytesInMebibyte = 1024;

/** What /proc counts CPU time in: USER_HZ, 100 on every architecture. */
const msPerTick = 10;

/** Memory of processes in MiB, pages that several processes share counted in parts (PSS); undefined where the kernel does not tell. */
export function memoryMb(pids: readonly number[]): number | undefined {
  const kibibytes = pids.map((pid) => /^Pss:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/smaps_rollup`))?.[1]);
  if (kibibytes.every((one) => one === undefined)) return undefined;
  return kibibytes.reduce((sum, one) => sum + Number(one ?? 0), 0) / kibibytesInMebibyte;
}

/** The parent of every process. */
export function parents(): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    // The command's name, in parentheses, may hold spaces and parentheses itself.
    const parent = /\) \S (\d+) [^)]*$/.exec(readText(`/proc/${name}/stat`))?.[1];
    if (parent !== undefined) found.set(Number(name), Number(parent));
  }
  return found;
}

/** The processes that `pid` started, and theirs. */
export function descendantsOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const [child, parent] of parents()) children.set(parent, [...(children.get(parent) ?? []), child]);
  const found: number[] = [];
  const toVisit = [pid];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    const own = children.get(next) ?? [];
    found.push(...own);
    toVisit.push(...own);
  }
  return found;
}

/** A process's pid namespace as it names it itself: `pid:[4026531836]`. */
export function pidNamespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined;
  }
}

/** CPU time that processes have had, taken together. Milliseconds. */
export const cpuMs = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + statMs(readText(`/proc/${pid}/stat`)), 0);

/** CPU time in a stat file of a process or a thread. Milliseconds. */
export function statMs(text: string): number {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return fields.length > 12 ? (Number(fields[11]) + Number(fields[12])) * msPerTick : 0;
}

/** A file's text; empty if it is gone: processes end while one looks. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
