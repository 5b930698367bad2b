import { existsSync, readFileSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { attempt } from "./files.ts";

/** Groups that lie in it go first. One that still has a process stays; the next sweep finds it. */
export function removeGroup(folder: string): void {
  const inner = attempt(() => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()), []);
  for (const { name } of inner) removeGroup(join(folder, name));
  attempt(() => rmdirSync(folder), undefined);
}

/** A process id and when it started: ids come again, in containers at every start. Of one that has ended the second part is missing. */
export function incarnation(pid: number): string {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  // The name, in brackets, may hold anything; the state follows it, the start time is the 20th field from there.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const hasEnded = fields[0] === "Z" || fields[0] === "X";
  return `${pid}-${hasEnded ? "" : (fields[19] ?? "")}`;
}

/** Ends and removes the groups in `root` whose server is gone. False if some can't go before their killed processes have. */
export function sweepDead(root: string, name: string): boolean {
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
