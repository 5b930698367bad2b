import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asyncEvent } from "../test/rows.ts";
import {
  DataFolderLocked,
  DataFolderTooNew,
  DataFolderUnusable,
  openDatabase,
  RowNotFound,
  UniqueViolation,
  type Database,
} from "./index.ts";

const migrations = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
const stream = { accountId: "123456789012", region: "us-east-1", logGroupName: "g", logStreamName: "s" };
let scratch: string;
let folder: string;
const opened: Database[] = [];

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "mayfly-db-"));
  folder = join(scratch, "data");
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((db) => db.close()));
  rmSync(scratch, { recursive: true, force: true });
});

async function open(options: { folder?: string; migrationsFolder?: string; onProgress?: (line: string) => void } = {}): Promise<Database> {
  const db = await openDatabase({ folder, ...options });
  opened.push(db);
  return db;
}

/** How many of this process's open files lie in the folder. */
const openFiles = (within: string): number =>
  readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(`${within}/`);
    } catch {
      return false;
    }
  }).length;

test("rows outlive a close, in a folder that only its owner may enter", async () => {
  const db = await open();
  await db.models.serverFact.create({ data: { name: "a", value: "1" } });
  await db.close();
  expect(await (await open()).models.serverFact.findMany()).toEqual([{ name: "a", value: "1" }]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test("a key taken twice and a row that is not there are errors of their own, without the values", async () => {
  const db = await open();
  await db.models.serverFact.create({ data: { name: "a", value: "secret-value" } });
  const again = await db.models.serverFact
    .create({ data: { name: "a", value: "secret-value" } })
    .then(undefined, (error: unknown) => error);
  expect(again).toBeInstanceOf(UniqueViolation);
  expect(String(again)).not.toContain("secret-value");
  await expect(db.models.serverFact.delete({ where: { name: "b" } })).rejects.toBeInstanceOf(RowNotFound);
});

test("a transaction writes all or nothing", async () => {
  const db = await open();
  await db.models.serverFact.create({ data: { name: "a", value: "1" } });
  const both = db.transaction((m) => [
    m.serverFact.create({ data: { name: "b", value: "2" } }),
    m.serverFact.create({ data: { name: "a", value: "3" } }),
  ]);
  await expect(both).rejects.toBeInstanceOf(UniqueViolation);
  expect(await db.models.serverFact.count()).toBe(1);
});

test("a transaction that fails is seen by nobody, and leaves the next one in peace", async () => {
  const db = await open();
  const failing = db.transaction((m) => [
    m.serverFact.create({ data: { name: "a", value: "1" } }),
    m.serverFact.create({ data: { name: "a", value: "2" } }),
  ]);
  const counts = Promise.all(Array.from({ length: 20 }, () => db.models.serverFact.count()));
  await expect(failing).rejects.toBeInstanceOf(UniqueViolation);
  expect(new Set(await counts)).toEqual(new Set([0]));
  await db.transaction((m) => [m.serverFact.create({ data: { name: "a", value: "3" } })]);
  expect(await db.models.serverFact.count()).toBe(1);
});

test("transactions leave no file open", async () => {
  const db = await open();
  const write = (name: string) => db.transaction((m) => [m.serverFact.create({ data: { name, value: "1" } })]);
  await write("first");
  const before = openFiles(folder);
  for (let i = 0; i < 20; i++) await write(`a${i}`);
  await db.transaction((m) => [m.serverFact.create({ data: { name: "first", value: "again" } })]).then(undefined, () => {});
  expect(openFiles(folder)).toBe(before);
});

test("a put that fails among others fails alone", async () => {
  const db = await open();
  const results = await Promise.allSettled(["a", "b", "a", "c"].map((id) => db.asyncEvents.put(asyncEvent(id))));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect((await db.asyncEvents.list(undefined, 10)).map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test("an event is stored though a hundred other writes wait", async () => {
  const db = await open();
  const order: string[] = [];
  const layer = (at: number) => ({ accountId: "123456789012", region: "us-east-1", layerName: `layer-${at}`, lastVersion: 1 });
  const writes = Array.from({ length: 100 }, (_, at) => db.models.layer.create({ data: layer(at) }).then(() => order.push("write")));
  await db.asyncEvents.put(asyncEvent("a")).then(() => order.push("event"));
  await Promise.all(writes);
  expect(order.indexOf("event")).toBeLessThan(50);
});

test("a write that fails alone leaves nothing of itself, and the next one is stored", async () => {
  const db = await open();
  const line = { timestampMs: 1, ingestionTimeMs: 9, message: "first" };
  await expect(db.logEvents.append(stream, [line, { ...line, message: null as never }])).rejects.toThrow("NOT NULL");
  expect(await db.logEvents.read({ ...stream, order: "ascending", limit: 9 })).toEqual([]);
  await db.logEvents.append(stream, [line]);
  const among = await Promise.allSettled([
    db.logEvents.append(stream, [{ ...line, message: "second" }]),
    db.logEvents.append(stream, [line, { ...line, message: null as never }]),
    db.logEvents.append(stream, [{ ...line, message: "third" }]),
  ]);
  expect(among.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  const stored = await db.logEvents.read({ ...stream, order: "ascending", limit: 9 });
  expect(stored.map(({ message }) => message)).toEqual(["first", "second", "third"]);
});

test("log lines are read in both directions, and summed up", async () => {
  const db = await open();
  await db.logEvents.append(
    stream,
    [1, 2, 3].map((timestampMs) => ({ timestampMs, ingestionTimeMs: 9, message: `é${timestampMs}` })),
  );
  const down = await db.logEvents.read({ ...stream, order: "descending", limit: 2 });
  expect(down.map(({ message }) => message)).toEqual(["é3", "é2"]);
  const on = await db.logEvents.read({ ...stream, order: "descending", limit: 2, after: down[1]! });
  expect(on.map(({ message }) => message)).toEqual(["é1"]);
  await db.logEvents.expire(stream, 2);
  expect(await db.logEvents.summary(stream)).toEqual({ firstMs: 2, lastMs: 3, lastIngestionMs: 9, bytes: 2 * (3 + 26) });
});

test("what was acknowledged before kill -9 is there, and the folder is free again", async () => {
  const script = fileURLToPath(new URL("../test/acknowledging-writer.ts", import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    if (printed.length > 4000) child.kill("SIGKILL");
  });
  await once(child, "close");
  const lines = printed.split("\n").slice(0, -1);
  const db = await open();
  const events = new Set((await db.asyncEvents.list(undefined, 100_000)).map(({ id }) => id));
  const rows = new Set((await db.models.serverFact.findMany()).map(({ name }) => `row ${name}`));
  expect(lines.length).toBeGreaterThan(100);
  expect(lines.filter((line) => !events.has(line) && !rows.has(line))).toEqual([]);
  for (const file of ["state.db", "hot.db"]) {
    const database = new DatabaseSync(join(folder, file), { readOnly: true });
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    database.close();
  }
});

test("a folder in use is refused, by the holder's pid", async () => {
  await open();
  const second = await openDatabase({ folder }).then(undefined, (error: unknown) => error);
  expect(second).toBeInstanceOf(DataFolderLocked);
  expect(String(second)).toContain(String(process.pid));
});

test("a newer folder and a changed migration are refused; an older folder is backed up and migrated", async () => {
  const older = join(scratch, "migrations");
  cpSync(migrations, older, { recursive: true });
  await (await open({ migrationsFolder: older })).close();
  const [version] = readFileSync(join(folder, "version"), "utf8").split("\n");

  writeFileSync(join(older, "9000_more.sql"), "CREATE TABLE More (id TEXT PRIMARY KEY NOT NULL)");
  const lines: string[] = [];
  await (await open({ migrationsFolder: older, onProgress: (line) => void lines.push(line) })).close();
  expect(lines.some((line) => line.includes("9000_more.sql"))).toBe(true);
  expect(readdirSync(join(folder, "backups")).some((name) => name.startsWith(`${version}-`))).toBe(true);
  await expect(openDatabase({ folder })).rejects.toThrow(new RegExp(`version 9000.*up to ${version}`));
  await expect(openDatabase({ folder })).rejects.toBeInstanceOf(DataFolderTooNew);

  writeFileSync(join(older, "9000_more.sql"), "CREATE TABLE Other (id TEXT PRIMARY KEY NOT NULL)");
  await expect(openDatabase({ folder, migrationsFolder: older })).rejects.toThrow(/another 9000_more\.sql/);
});

test("a file in the folder's place, and a database that can't be opened, are refused in one line", async () => {
  writeFileSync(folder, "");
  await expect(openDatabase({ folder })).rejects.toThrow(`${folder} is not a folder.`);
  const blocked = join(scratch, "blocked");
  mkdirSync(join(blocked, "state.db"), { recursive: true });
  await expect(openDatabase({ folder: blocked })).rejects.toBeInstanceOf(DataFolderUnusable);
});

test("blobs are named by their hash, and repaired if cut short", async () => {
  const db = await open();
  const hash = await db.blobs.put(new TextEncoder().encode("abc"));
  expect(hash).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  chmodSync(db.blobs.path(hash), 0o600);
  writeFileSync(db.blobs.path(hash), "a");
  await db.blobs.put(new TextEncoder().encode("abc"));
  expect(readFileSync(db.blobs.path(hash), "utf8")).toBe("abc");
  await db.blobs.remove(hash);
  expect(await db.blobs.has(hash)).toBe(false);
});

test("reset empties all; a copy made before keeps all", async () => {
  const db = await open();
  await db.models.serverFact.create({ data: { name: "a", value: "1" } });
  await db.asyncEvents.put(asyncEvent("a"));
  const hash = await db.blobs.put(new Uint8Array([1]));
  await db.copyTo(join(scratch, "copy"));
  await db.reset();
  expect([await db.models.serverFact.count(), await db.asyncEvents.list(undefined, 9), existsSync(db.blobs.path(hash))]).toEqual([
    0,
    [],
    false,
  ]);
  const copy = new DatabaseSync(join(scratch, "copy", "state.db"), { readOnly: true });
  expect(copy.prepare("SELECT name FROM ServerFact").all()).toEqual([{ name: "a" }]);
  copy.close();
});
