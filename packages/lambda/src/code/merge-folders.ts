import { link, lstat, mkdir, readdir, readlink, rm, symlink } from "node:fs/promises";
import { join } from "node:path";

/** Lays folders over each other into one that is empty: what is in a later one covers what has its name in an earlier one. Files are linked, not copied. */
export async function mergeFolders(sources: readonly string[], target: string): Promise<void> {
  for (const source of sources) await layOver(source, target);
}

async function layOver(source: string, target: string): Promise<void> {
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    const isFolderThere = await isFolder(to);
    if (entry.isDirectory()) {
      if (isFolderThere === false) await rm(to);
      if (isFolderThere !== true) await mkdir(to, { mode: 0o755 });
      await layOver(from, to);
      continue;
    }
    if (isFolderThere !== undefined) await rm(to, { recursive: true });
    if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
    else await link(from, to);
  }
}

/** undefined: there is nothing */
async function isFolder(path: string): Promise<boolean | undefined> {
  try {
    return (await lstat(path)).isDirectory();
  } catch {
    return undefined;
  }
}

/** Bytes of all files in a folder. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    bytes += entry.isDirectory() ? await folderBytes(path) : (await lstat(path)).size;
  }
  return bytes;
}
