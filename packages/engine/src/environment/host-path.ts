import { lstat, readlink } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import type { FunctionTarget } from "../types.ts";

type Folders = Pick<FunctionTarget, "codeFolder" | "optFolder">;

const maxLinks = 16;
const isSystem = (path: string): boolean => /^\/(usr|bin|sbin|lib|lib32|lib64|libx32)\//.test(path);

function place(path: string, { codeFolder, optFolder }: Folders): string | undefined {
  if (path.startsWith("/var/task/")) return join(codeFolder, path.slice("/var/task".length));
  if (path.startsWith("/opt/") && optFolder !== undefined) return join(optFolder, path.slice("/opt".length));
  return isSystem(path) ? path : undefined;
}

/** Where a file that the sandbox shows under that path lies on the host; undefined if there is no such file. Links are followed as inside the sandbox. */
export async function hostPathOf(inside: string, folders: Folders): Promise<string | undefined> {
  let path = posix.normalize(inside);
  for (let links = 0; links < maxLinks; links++) {
    const file = place(path, folders);
    const found = file === undefined ? undefined : await lstat(file).catch(() => undefined);
    if (file === undefined || found === undefined) return undefined;
    // The system's own links lead to where the sandbox shows them as well.
    if (isSystem(path) || found.isFile()) return file;
    if (!found.isSymbolicLink()) return undefined;
    path = posix.resolve(dirname(path), await readlink(file));
  }
  return undefined;
}
