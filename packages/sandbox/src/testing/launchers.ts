import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where the launcher's sources and binaries are. */
export const launcherFolder = join(import.meta.dirname, "../../launcher");

/** Architectures that the launcher is committed for, by Node's names, and QEMU's programs that run another's. */
const emulators = { x64: "qemu-x86_64-static", arm64: "qemu-aarch64-static" } as const;
export const architectures = ["x64", "arm64"] as const;
export type Architecture = (typeof architectures)[number];

export const launcherOf = (architecture: Architecture): string => join(launcherFolder, "bin", architecture, "mayfly-launcher");

export const libraryOf = (architecture: Architecture): string => join(launcherFolder, "bin", architecture, "mayfly-zygote.so");

/** Words that run the launcher of an architecture on this machine; undefined if nothing here can. */
export function commandOf(architecture: Architecture): readonly string[] | undefined {
  if (architecture === process.arch) return [launcherOf(architecture)];
  const emulator = programNamed(emulators[architecture]);
  return emulator === undefined ? undefined : [emulator, launcherOf(architecture)];
}

/** Why a test of another architecture can't run. */
export const notRunnable = (architecture: Architecture): string =>
  `${emulators[architecture]} is not installed (Debian: qemu-user-static).`;

/** Full path of a program that is on PATH. */
export const programNamed = (name: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** The C files and headers in the order in which the build names them. */
export function sources(): readonly string[] {
  const [, names = ""] = /^sources=\((.*)\)$/m.exec(readFileSync(join(launcherFolder, "build.sh"), "utf8")) ?? [];
  return ["launcher.h", ...names.split(" ")];
}
