import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { descendantsOf, incarnationOf, readProcFile } from "./processes.ts";

/** What a server takes up on its machine beside its own process. */
export interface Footprint {
  /** Its processes, as `PID-START`. */
  readonly processes: ReadonlySet<string>;
  /** Folders of its control groups. */
  readonly controlGroups: ReadonlySet<string>;
  /** Mount points outside its sandboxes. */
  readonly mounts: ReadonlySet<string>;
  /** Folders of its sandboxes. */
  readonly folders: ReadonlySet<string>;
}

/** Who is looked at. */
export interface FootprintOf {
  readonly pid: number;
  readonly dataFolder: string;
}

/** Looks at it from outside. */
export function footprintOf({ pid, dataFolder }: FootprintOf): Footprint {
  return {
    processes: new Set(descendantsOf(pid).flatMap((descendant) => incarnationOf(descendant) ?? [])),
    controlGroups: new Set(controlGroupsOf(pid)),
    mounts: new Set(mountsIn(dataFolder)),
    folders: new Set(names(join(dataFolder, "sandboxes")).filter((name) => name !== "empty")),
  };
}

/** What of a footprint is still there, in words. */
export function leftOf({ processes, controlGroups, mounts, folders }: Footprint, dataFolder: string): readonly string[] {
  return [
    ...[...processes].filter((one) => incarnationOf(Number.parseInt(one, 10)) === one).map((one) => `process ${one}`),
    ...[...controlGroups].filter((folder) => existsSync(folder)).map((folder) => `control group ${folder}`),
    ...mountsIn(dataFolder)
      .filter((mount) => mounts.has(mount))
      .map((mount) => `mount ${mount}`),
    ...[...folders].filter((name) => existsSync(join(dataFolder, "sandboxes", name))).map((name) => `folder ${name}`),
  ];
}

/** Groups are called for the server's process, in whichever hierarchy it may write. */
function controlGroupsOf(pid: number, folder = "/sys/fs/cgroup", depth = 6): readonly string[] {
  if (depth === 0) return [];
  return names(folder, true).flatMap((name) => {
    const path = join(folder, name);
    if (name.startsWith(`mayfly-${pid}-`)) return [path, ...names(path, true).map((inner) => join(path, inner))];
    return controlGroupsOf(pid, path, depth - 1);
  });
}

const mountsIn = (folder: string): readonly string[] =>
  readProcFile("/proc/self/mountinfo")
    .split("\n")
    .map((line) => line.split(" ")[4] ?? "")
    .filter((mount) => mount.startsWith(`${folder}/`));

/** Folders come and go while one looks. */
function names(folder: string, foldersOnly = false): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !foldersOnly || entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}
