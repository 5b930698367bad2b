import { release } from "node:os";

/** Whether the kernel is at least that version. */
function isLinuxAtLeast(major: number, minor: number): boolean {
  const [ownMajor = 0, ownMinor = 0] = release().split(/[.-]/).map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Whether processes are bounded without a control group, by a limit of the sandbox's user; see the launcher's `counts_processes`. */
export const boundsProcessesByUser = (isRoot: boolean): boolean => isRoot || isLinuxAtLeast(5, 14);
