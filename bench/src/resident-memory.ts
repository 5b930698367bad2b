import { readFileSync, readdirSync } from "node:fs";

const mebibyte = 1024;

/** Resident memory of a process in MiB (VmRSS); 0 if it is gone. Pages that processes share are counted for each. */
export function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / mebibyte;
}

/** The processes that `pid` started, and theirs. */
export function descendantsOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    // The command's name, in parentheses, may hold spaces and parentheses itself.
    const parent = Number(/\) \S (\d+) [^)]*$/.exec(read(`/proc/${name}/stat`))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found: number[] = [];
  const toVisit = [pid];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    const own = children.get(next) ?? [];
    found.push(...own);
    toVisit.push(...own);
  }
  return found;
}

/** Processes end while one looks. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
