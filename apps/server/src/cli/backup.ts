import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { copyDataFolder } from "@mayfly/db";
import { create } from "tar";
import { dataFolderOf } from "../config/options.ts";

/** `mayfly backup FILE`: a consistent copy of the data folder as .tar.gz (mode 0600: it holds keys). The server may be running. */
export async function runBackup(file: string, { data }: { data?: string }): Promise<number> {
  const folder = dataFolderOf(data);
  const target = resolve(file);
  let work: string | undefined;
  try {
    work = mkdtempSync(join(dirname(target), ".mayfly-backup-"));
    const copy = join(work, "data");
    copyDataFolder(folder, copy);
    const archive = join(work, "archive.tar.gz");
    await create({ gzip: true, file: archive, cwd: copy, portable: true, mode: 0o600 }, readdirSync(copy));
    renameSync(archive, target);
    console.log(`${folder} was written to ${target}. The file holds access keys: keep it to yourself.`);
    return 0;
  } catch (error) {
    console.error(`The backup was not made: ${(error as Error).message}`);
    return 1;
  } finally {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
  }
}
