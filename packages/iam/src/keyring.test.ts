import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openKeyring } from "./keyring.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), "mayfly-key-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

test("what one sealed, one over the same file opens, for the same purpose only", async () => {
  const file = join(folder, "key");
  const sealed = (await openKeyring(file)).seal("a", Buffer.from("secret"));
  const again = await openKeyring(file);
  expect(again.open("a", sealed)?.toString()).toBe("secret");
  expect(again.open("b", sealed)).toBeUndefined();
  expect(again.open("a", Buffer.concat([sealed, Buffer.of(0)]))).toBeUndefined();
  expect(again.open("a", Buffer.alloc(3))).toBeUndefined();
  expect((await openKeyring(join(folder, "other"))).open("a", sealed)).toBeUndefined();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test("many that open at once share one key and leave nothing else behind", async () => {
  const keyrings = await Promise.all(Array.from({ length: 8 }, () => openKeyring(join(folder, "key"))));
  const sealed = keyrings[0]?.seal("a", Buffer.from("x")) ?? Buffer.alloc(0);
  for (const keyring of keyrings) expect(keyring.open("a", sealed)?.toString()).toBe("x");
  expect(await readdir(folder)).toEqual(["key"]);
});

test("a damaged key file is refused, never replaced", async () => {
  await writeFile(join(folder, "key"), "short");
  await expect(openKeyring(join(folder, "key"))).rejects.toThrow(/is damaged/);
});
