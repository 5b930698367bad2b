import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Fault } from "@mayfly/kernel";
import type { FunctionFile } from "@mayfly/wire/mayfly";
import { mayflyLimits } from "../limits.ts";
import { checkPackagePath } from "./package-path.ts";

const permissionBits = 0o777;

/** Everything in an unpacked package, by path. Symbolic links are told of and not followed. */
export async function listPackage(folder: string): Promise<FunctionFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries.map(async (entry): Promise<FunctionFile> => {
      const path = join(entry.parentPath, entry.name);
      const { size, mode } = await lstat(path);
      const Type = entry.isSymbolicLink() ? "symlink" : entry.isDirectory() ? "directory" : "file";
      return { Path: relative(folder, path), Type, Size: Type === "file" ? size : 0, Mode: mode & permissionBits };
    }),
  );
  return files.sort((a, b) => (a.Path < b.Path ? -1 : 1));
}

/**
 * A file's bytes. No link is followed, neither the file itself nor a folder on the way to it.
 * @throws Fault ValidationException, ResourceNotFoundException, FileTooLargeException
 */
export async function readPackageFile(folder: string, path: string): Promise<Buffer> {
  checkPackagePath(path);
  await refuseLinks(folder, dirname(path));
  const file = await open(join(folder, path), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => {
    throw notThere(path);
  });
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw notThere(path);
    if (facts.size > mayflyLimits.shownFileBytes) {
      throw new Fault(
        "FileTooLargeException",
        `${path} is larger than ${mayflyLimits.shownFileBytes} bytes. Download the package to see it.`,
      );
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

const notThere = (path: string): Fault => new Fault("ResourceNotFoundException", `The package has no file ${path}.`);

async function refuseLinks(folder: string, parent: string): Promise<void> {
  if (parent === ".") return;
  let path = folder;
  for (const part of parent.split("/")) {
    path = join(path, part);
    const facts = await lstat(path).catch(() => undefined);
    if (facts?.isDirectory() !== true) throw notThere(relative(folder, path));
  }
}
