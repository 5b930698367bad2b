import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFileWriter } from "./file-writer.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mayfly-writer-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("pieces of any size are written in their order", async () => {
  const handle = await open(join(folder, "file"), "wx");
  const writer = createFileWriter(handle, { isTaken: false });
  const pieces = [1, 70_000, 300_000, 0, 5, ...Array.from({ length: 200 }, () => 65_536)].map((size, at) => Buffer.alloc(size, `${at} `));
  for (const piece of pieces) await writer.write(piece);
  await writer.finish();
  await handle.close();
  expect((await readFile(join(folder, "file"))).equals(Buffer.concat(pieces))).toBe(true);
});

test("a file without bytes is one", async () => {
  const handle = await open(join(folder, "file"), "wx");
  await createFileWriter(handle, { isTaken: false }).finish();
  await handle.close();
  expect(await readFile(join(folder, "file"))).toHaveLength(0);
});

test("a full disk is told by what comes next, at the latest by the end", async () => {
  const handle = await open("/dev/full", "w");
  const few = createFileWriter(handle, undefined);
  await few.write(Buffer.alloc(10));
  await expect(few.finish()).rejects.toThrow("ENOSPC");
  const many = createFileWriter(handle, undefined);
  await expect(
    (async () => {
      for (let at = 0; at < 100; at++) await many.write(Buffer.alloc(65_536));
    })(),
  ).rejects.toThrow("ENOSPC");
  await many.settled();
  await handle.close();
});

test("a sync that failed while bytes came is told at the end, though the last one succeeds", async () => {
  const handle = await open(join(folder, "file"), "wx");
  let syncs = 0;
  const failing = new Proxy(handle, {
    get(target, name) {
      if (name === "datasync") return async () => (syncs++ === 0 ? Promise.reject(new Error("EIO")) : undefined);
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const syncAhead = { isTaken: false };
  const writer = createFileWriter(failing, syncAhead);
  for (let at = 0; at < 20; at++) await writer.write(Buffer.alloc(1024 * 1024));
  await expect(writer.finish()).rejects.toThrow("EIO");
  expect(syncAhead.isTaken).toBe(false);
  await handle.close();
});
