import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@mayfly/db";
import { usedCode } from "../store/function-queries.ts";

/** Begins the names of folders into which a package is being unpacked. */
export const temporaryPrefix = "unpacking-";

/** Begins the names of folders of several packages. They are made anew when they are needed. */
export const mergedPrefix = "merged-";

const bootFile = "boot-id";
const shaPattern = /^[0-9a-f]{64}$/;

/**
 * Makes the folder of unpacked packages ready at start: what a crash left half done is removed, and so is what no version uses,
 * together with its blob. A package is always unpacked before its blob is stored and its blob removed before the folder, so no blob
 * is without a folder that leads to it.
 */
export async function sweepCode(db: Database, codeFolder: string): Promise<void> {
  await mkdir(codeFolder, { recursive: true, mode: 0o755 });
  await chmod(codeFolder, 0o755);
  const rebooted = await isFirstStartSinceBoot(codeFolder);
  const used = await usedCode(db);
  for (const name of await readdir(codeFolder)) {
    const isPackage = shaPattern.test(name);
    if (isPackage && used.has(name) && !rebooted) continue;
    if (isPackage && !used.has(name)) await db.blobs.remove(name);
    if (isPackage || name.startsWith(temporaryPrefix) || name.startsWith(mergedPrefix))
      await rm(join(codeFolder, name), { recursive: true, force: true });
  }
  await writeFile(join(codeFolder, bootFile), await currentBootId());
}

// Unpacked files are not synced to disk one by one, so after a power failure they may be hollow. The zips are synced: after a
// reboot everything is unpacked from them again, each package when it is first needed.
async function isFirstStartSinceBoot(codeFolder: string): Promise<boolean> {
  const noted = await readFile(join(codeFolder, bootFile), "utf8").catch(() => "");
  return noted !== (await currentBootId());
}

const currentBootId = async (): Promise<string> =>
  (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "unknown")).trim();
