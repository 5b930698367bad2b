import { readdirSync, readFileSync } from "node:fs";

/** Processes of this machine whose environment holds `text`, as far as this user may see them. */
export function processesWithEnvironment(text: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => readProcFile(`/proc/${pid}/environ`).includes(text))
    .map(Number);
}

/** The parent of every process. */
export function parentProcesses(): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const parent = statFields(Number(name))[1];
    if (parent !== undefined) found.set(Number(name), Number(parent));
  }
  return found;
}

/** The processes that `pid` started, and theirs. */
export function descendantsOf(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const [child, parent] of parentProcesses()) children.set(parent, [...(children.get(parent) ?? []), child]);
  const found: number[] = [];
  const toVisit = [pid];
  for (let next = toVisit.pop(); next !== undefined; next = toVisit.pop()) {
    const own = children.get(next) ?? [];
    found.push(...own);
    toVisit.push(...own);
  }
  return found;
}

/** A process's number and when it started: numbers come again. Undefined if it has ended, even if nobody has taken note of it yet. */
export function incarnationOf(pid: number): string | undefined {
  const fields = statFields(pid);
  return fields.length === 0 || fields[0] === "Z" || fields[0] === "X" ? undefined : `${pid}-${fields[19] ?? ""}`;
}

/** What follows the command's name in its stat file, state and parent first. The name, in parentheses, may hold spaces and parentheses itself. */
function statFields(pid: number): readonly string[] {
  const text = readProcFile(`/proc/${pid}/stat`);
  return text === "" ? [] : text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** Empty if the process is gone, or others' and closed to us: processes end while one looks. */
export function readProcFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
