import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** The databases of a data folder. */
export const databaseFiles = ["state.db", "hot.db"] as const;

/** Everything else of a data folder that a backup must hold. */
const otherEntries = ["version", "key", "credentials", "code", "objects", "sns-signing-key"] as const;

/**
 * Writes a consistent copy of a data folder into `target` (made, must be empty). The server that holds the folder may be running: SQLite sees to the
 * databases, and blobs are never changed once they are there.
 * @throws Error if `folder` is no data folder or `target` is not empty
 */
export function copyDataFolder(folder: string, target: string): void {
  if (!existsSync(join(folder, "version"))) throw new Error(`${folder} is not a data folder of Mayfly.`);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  if (readdirSync(target).length > 0) throw new Error(`${target} is not empty.`);
  // The databases first: a blob that is stored meanwhile is one too many, never one too few.
  for (const file of databaseFiles) copyDatabase(join(folder, file), join(target, file));
  for (const entry of otherEntries) {
    if (existsSync(join(folder, entry))) cpSync(join(folder, entry), join(target, entry), { recursive: true, mode: 0 });
  }
}

/** SQLite's own copy of one database, which other connections may be writing. */
export function copyDatabase(from: string, to: string): void {
  if (!existsSync(from)) return;
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    database.exec("PRAGMA busy_timeout = 10000");
    database.prepare("VACUUM INTO ?").run(to);
  } finally {
    database.close();
  }
}
