import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { copyDatabase, databaseFiles } from "../copy-data-folder.ts";
import { DataFolderTooNew, DataFolderUnusable } from "../errors.ts";

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

/** `NNNN_what.sql`, in order of their numbers. */
function migrationsIn(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), "utf8");
      return { number: Number(name.slice(0, 4)), name, sql, hash: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Brings a data folder to this Mayfly's version. An older one is copied to DATA/backups first.
 * @throws DataFolderTooNew, DataFolderUnusable
 */
export function migrate(folder: string, migrationsFolder: string, progress: (line: string) => void): void {
  const migrations = migrationsIn(migrationsFolder);
  const newest = migrations.at(-1)?.number ?? 0;
  const current = folderVersion(folder);
  if (current !== undefined && current > newest) {
    throw new DataFolderTooNew(
      `The data folder ${folder} has version ${current}, written by a newer Mayfly; this one knows versions up to ${newest}. Update Mayfly, or choose another folder with --data DIR.`,
    );
  }
  if (current !== undefined && current < newest) backUp(folder, current, progress);
  const database = new DatabaseSync(join(folder, "state.db"));
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec("CREATE TABLE IF NOT EXISTS _migration (name TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL) STRICT");
    applyAll(database, migrations, current === undefined ? () => {} : progress, folder);
  } finally {
    database.close();
  }
  if (current !== newest) writeVersion(folder, newest);
}

function applyAll(database: DatabaseSync, migrations: readonly Migration[], progress: (line: string) => void, folder: string): void {
  const applied = new Map(
    database
      .prepare("SELECT name, hash FROM _migration")
      .all()
      .map((row) => [row["name"], row["hash"]]),
  );
  const pending = migrations.filter(({ name }) => !applied.has(name));
  const changed = migrations.find(({ name, hash }) => applied.has(name) && applied.get(name) !== hash);
  if (changed)
    throw new DataFolderUnusable(
      `The data folder ${folder} was made with another ${changed.name} than this Mayfly has. Choose another folder with --data DIR.`,
    );
  for (const [index, { name, sql, hash }] of pending.entries()) {
    progress(`Migrating the data folder: ${name} (${index + 1} of ${pending.length})`);
    database.exec("BEGIN IMMEDIATE");
    try {
      database.exec(sql);
      database.prepare("INSERT INTO _migration (name, hash) VALUES (?, ?)").run(name, hash);
      database.exec("COMMIT");
    } catch (error) {
      // A full disk has SQLite roll back by itself.
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }
}

/** Undefined for a folder that holds nothing yet. */
function folderVersion(folder: string): number | undefined {
  const file = join(folder, "version");
  if (!existsSync(file)) return undefined;
  const version = Number(readFileSync(file, "utf8").trim());
  if (!Number.isInteger(version))
    throw new DataFolderUnusable(`${file} holds no version. ${folder} is not a data folder of Mayfly, or it is damaged.`);
  return version;
}

function writeVersion(folder: string, version: number): void {
  const file = join(folder, "version");
  writeFileSync(`${file}.new`, `${version}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function backUp(folder: string, version: number, progress: (line: string) => void): void {
  const target = join(folder, "backups", `${version}-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "")}`);
  progress(`Copying the databases of version ${version} to ${target}`);
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const file of databaseFiles) copyDatabase(join(folder, file), join(target, file));
}
