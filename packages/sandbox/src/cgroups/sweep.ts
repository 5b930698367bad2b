import { existsSync, readFileSync, readdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { isOfTheDead } from "../incarnation.ts";
import { attempt } from "./files.ts";

/** Groups that lie in it go first. One that still has a process stays; the next sweep finds it. */
export function removeGroup(folder: string): void {
  const inner = attempt(() => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()), []);
  for (const { name } of inner) removeGroup(join(folder, name));
  attempt(() => rmdirSync(folder), undefined);
}

/** Often enough for whatever is killed to be gone. */
const removeAttempts = 200;
const removeAgainMs = 10;

/** Removes a sandbox's groups. What was killed there, or what it had forked, may take a moment to be gone. */
export async function removeGroups(folders: readonly string[]): Promise<void> {
  for (let left = removeAttempts; left > 0; left--) {
    folders.forEach(removeGroup);
    const full = folders.filter((folder) => existsSync(folder));
    if (full.length === 0) return;
    for (const folder of full) killProcesses(folder, () => true);
    await setTimeout(removeAgainMs);
  }
}

/** Ends and removes the groups in `root` whose server is gone. False if some can't go before their killed processes have. */
export function sweepDead(root: string, name: string): boolean {
  let isClean = true;
  for (const entry of attempt(() => readdirSync(root), [])) {
    if (!isOfTheDead(entry, `${name}-`)) continue;
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
  return killProcesses(folder, () => true) && canEnd;
}

/** A group's own processes. Those of another pid namespace read as 0. */
export const processesOf = (folder: string): readonly number[] =>
  attempt(() => readFileSync(join(folder, "cgroup.procs"), "utf8"), "")
    .split("\n")
    .filter((line) => line !== "")
    .map(Number);

/** Kills a group's own processes that are wanted dead. False if it holds what can't be killed from here. */
export function killProcesses(folder: string, isWanted: (pid: number) => boolean): boolean {
  const pids = processesOf(folder);
  // 0 would mean our own group.
  for (const pid of pids) if (pid > 0 && isWanted(pid)) attempt(() => process.kill(pid, "SIGKILL"), false);
  return !pids.includes(0);
}
