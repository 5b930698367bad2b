import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DataFolderLocked } from "../errors.ts";

/** A hold on a data folder, gone with the process however it ends. */
export interface FolderLock {
  release(): void;
}

/** Takes the folder by SQLite's exclusive lock on a file of its own, which the kernel lets go when the process dies. @throws DataFolderLocked */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, "pid");
  const database = new DatabaseSync(join(folder, "lock.db"));
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE; PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!/locked|busy/i.test(String((error as { errstr?: string }).errstr ?? error))) throw error;
    throw new DataFolderLocked(
      `Another Mayfly (process ${holder(pidFile)}) uses the data folder ${folder}. End it, or choose another folder with --data DIR.`,
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return { release: () => database.close() };
}

function holder(pidFile: string): string {
  try {
    return readFileSync(pidFile, "utf8").trim();
  } catch {
    return "unknown";
  }
}
