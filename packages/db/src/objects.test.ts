import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase, type Database, type NewObject } from "./index.ts";
import { successor, walk } from "./worker/objects/walk.ts";

let folder: string;
let db: Database;
let bucket: number;
const open = (): Promise<Database> => openDatabase({ folder, ephemeral: true });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mayfly-objects-"));
  db = await open();
  const made = { name: "b", accountId: "1", region: "r", createdAtMs: 0, versioning: "" as const, settings: "{}" };
  bucket = (await db.objects.createBucket(made)) as number;
});
afterEach(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

let versions = 0;
const objectOf = (key: string, more: Partial<NewObject> = {}): NewObject => ({
  key,
  versionId: `v${++versions}`,
  size: 1,
  etag: "e",
  lastModifiedMs: 0,
  meta: "{}",
  tags: "{}",
  content: { inline: Buffer.from(key) },
  changedAtMs: 0,
  ...more,
});
const list = async (prefix: string, delimiter: string, after = "", count = 1_000) => {
  const { items, prefixes, isTruncated, last } = await db.objects.list(bucket, { prefix, delimiter, after, count });
  return { keys: items.map(({ key }) => key), prefixes, isTruncated, last };
};

test("names are in the order of their UTF-8 bytes, cut into pages that go on where one ended", async () => {
  // By UTF-16 the last two were the other way round.
  const keys = ["", "!", "a", "a/", "a/b", "a0", "\uff5e", "\u{10000}"].map((key) => `x${key}`);
  for (const key of keys.toReversed()) await db.objects.put(bucket, objectOf(key));
  expect((await list("", "")).keys).toEqual(keys);
  const seen: string[] = [];
  for (let after = "", isMore = true; isMore;) {
    const page = await list("x", "/", after, 1);
    seen.push(...page.keys, ...page.prefixes);
    [after, isMore] = [page.last, page.isTruncated];
  }
  expect(seen).toEqual(["x", "x!", "xa", "xa/", "xa0", "x\uff5e", "x\u{10000}"]);
});

test("what lies below a common prefix is not read", () => {
  const keys = ["a", ...Array.from({ length: 10_000 }, (_, at) => `b/${String(at).padStart(5, "0")}`), "c"].map((key) => ({ key }));
  let readCount = 0;
  const page = walk({ prefix: "", delimiter: "/", after: "", count: 10 }, function* ({ key, isInclusive }) {
    for (const item of keys.filter((candidate) => (isInclusive ? candidate.key >= key : candidate.key > key))) {
      readCount++;
      yield item;
    }
  });
  expect([page.items.map(({ key }) => key), page.prefixes, readCount]).toEqual([["a", "c"], ["b/"], 3]);
});

test.each([
  ["a/", "a0"],
  ["\ud7ff", "\ue000"],
  ["a\u{10ffff}", "b"],
  ["\u{10ffff}", undefined],
])("after all that begin with %j comes %j", (prefix, expected) => {
  expect(successor(prefix)).toBe(expected);
});

test("a file is free when nothing uses it any more", async () => {
  const segments = [{ file: "f1", offset: 0, size: 1 }];
  await db.objects.put(bucket, objectOf("a", { content: { segments } }));
  expect(await db.objects.put(bucket, objectOf("b", { content: { segments }, isShared: true }))).toMatchObject({ outcome: "done" });
  expect(await db.objects.put(bucket, objectOf("a"))).toMatchObject({ outcome: "done", freed: [] });
  const removal = { key: "b", versionId: undefined, newVersionId: "", nowMs: 0 };
  expect((await db.objects.remove(bucket, [removal])).freed).toEqual(["f1"]);
  expect(await db.objects.put(bucket, objectOf("c", { content: { segments }, isShared: true }))).toEqual({ outcome: "source-gone" });
});

test("an upload's parts become an object, and those that are none of it are free", async () => {
  await db.objects.createUpload(bucket, { id: "u", key: "k", startedAtMs: 0, meta: "{}", tags: "{}" });
  const part = (number: number, file: string) =>
    db.objects.putPart("u", { number, size: 1, etag: file, lastModifiedMs: 0, meta: "{}", segments: [{ file, offset: 0, size: 1 }] });
  expect(await part(1, "old")).toEqual([]);
  expect(await part(1, "one")).toEqual(["old"]);
  await part(2, "two");
  const content = { segments: [{ file: "two", offset: 0, size: 1 }] };
  expect(await db.objects.put(bucket, objectOf("k", { content, uploadId: "u" }))).toMatchObject({ outcome: "done", freed: ["one"] });
  expect(await db.objects.put(bucket, objectOf("k", { content, uploadId: "u" }))).toEqual({ outcome: "no-upload" });
  expect(await part(3, "late")).toBeUndefined();
  expect(await db.objects.unknownFiles(["one", "two"])).toEqual(["one"]);
});

test("a part that is replaced while its upload is completed is none of the object", async () => {
  await db.objects.createUpload(bucket, { id: "u", key: "k", startedAtMs: 0, meta: "{}", tags: "{}" });
  const part = (file: string) => ({
    number: 1,
    size: 1,
    etag: file,
    lastModifiedMs: 0,
    meta: "{}",
    segments: [{ file, offset: 0, size: 1 }],
  });
  await db.objects.putPart("u", part("old"));
  const [{ segments } = part("")] = await db.objects.parts("u", 0, 1);
  await db.objects.putPart("u", part("new"));
  expect(await db.objects.put(bucket, objectOf("k", { content: { segments }, uploadId: "u" }))).toEqual({ outcome: "source-gone" });
  expect(await db.objects.unknownFiles(["old", "new"])).toEqual(["old"]);
});

test("what a crash left in files goes at the next start; what is being written stays", async () => {
  const kept = await db.objectFiles.create();
  await kept.write(Buffer.from("kept"));
  await kept.finish();
  await db.objects.put(bucket, objectOf("k", { content: { segments: [{ file: kept.name, offset: 0, size: 4 }] } }));
  await (await db.objectFiles.create()).finish();
  await db.close();
  db = await open();
  let made: string | undefined;
  await db.objectFiles.sweep(async (names) => {
    made ??= (await db.objectFiles.create()).name;
    return db.objects.unknownFiles(names);
  });
  const folders = await readdir(join(folder, "objects"));
  const left = (await Promise.all(folders.map((name) => readdir(join(folder, "objects", name))))).flat();
  expect(left.sort()).toEqual([kept.name, made].sort());
});

test("a bucket that holds anything is not removed, and takes nothing when it is", async () => {
  await db.objects.put(bucket, objectOf("k"));
  expect(await db.objects.removeBucket(bucket)).toBeUndefined();
  await db.objects.remove(bucket, [{ key: "k", versionId: undefined, newVersionId: "", nowMs: 0 }]);
  expect(await db.objects.removeBucket(bucket)).toEqual([]);
  expect(await db.objects.put(bucket, objectOf("k"))).toEqual({ outcome: "no-bucket" });
});
