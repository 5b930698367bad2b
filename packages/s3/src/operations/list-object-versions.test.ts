import type { OutputOf } from "@mayfly/kernel";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bodyOf, startTestS3, type TestS3 } from "../testing/test-s3.ts";

const Bucket = "bucket";
let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3();
  await s3.call("CreateBucket", { Bucket });
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
});
afterEach(() => s3.close());

const put = async (Key: string): Promise<string> => (await s3.call("PutObject", { Bucket, Key, Body: bodyOf(Key) })).VersionId ?? "";
const remove = async (Key: string): Promise<string> => (await s3.call("DeleteObject", { Bucket, Key })).VersionId ?? "";

test.each([1, 2, 3, 100])("pages of %i hold each version and marker once, the newest of a key first", async (MaxKeys) => {
  const made = { "a/1": [await put("a/1"), await remove("a/1"), await put("a/1")], b: [await put("b"), await put("b"), await remove("b")] };
  const listed: string[] = [];
  const latest: string[] = [];
  for (let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {}; at;) {
    const page: OutputOf<"s3", "ListObjectVersions"> = await s3.call("ListObjectVersions", { Bucket, MaxKeys, ...at });
    const { Versions = [], DeleteMarkers = [] } = page;
    expect(Versions.length + DeleteMarkers.length).toBeLessThanOrEqual(MaxKeys);
    // A page tells versions and markers apart; which was first of one key says the time of their making.
    for (const { VersionId = "", IsLatest } of [...Versions, ...DeleteMarkers]) {
      listed.push(VersionId);
      if (IsLatest) latest.push(VersionId);
    }
    at = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
  expect(listed.toSorted()).toEqual(Object.values(made).flat().toSorted());
  expect(latest.toSorted()).toEqual([made["a/1"][2], made.b[2]].toSorted());
  if (MaxKeys === 1) expect(listed).toEqual([...made["a/1"].toReversed(), ...made.b.toReversed()]);
});

test("folders are told once, and a page may end with one", async () => {
  for (const key of ["a/1", "a/2", "b", "c/1"]) await put(key);
  await remove("c/1");
  const list = (more: object) => s3.call("ListObjectVersions", { Bucket, Delimiter: "/", MaxKeys: 1, ...more });
  const first = await list({});
  expect(first).toMatchObject({ CommonPrefixes: [{ Prefix: "a/" }], IsTruncated: true, NextKeyMarker: "a/" });
  const second = await list({ KeyMarker: first.NextKeyMarker });
  expect(second.Versions?.map(({ Key }) => Key)).toEqual(["b"]);
  const third = await list({ KeyMarker: second.NextKeyMarker, VersionIdMarker: second.NextVersionIdMarker });
  expect(third).toMatchObject({ CommonPrefixes: [{ Prefix: "c/" }], IsTruncated: false });
});

test("a version is no mark without its key", async () => {
  await expect(s3.call("ListObjectVersions", { Bucket, VersionIdMarker: await put("a") })).rejects.toMatchObject({
    code: "InvalidArgument",
    message: "A version-id marker cannot be specified without a key marker.",
  });
  await expect(s3.call("ListObjectVersions", { Bucket, KeyMarker: "a", VersionIdMarker: "none" })).rejects.toMatchObject({
    code: "InvalidArgument",
    message: "Invalid version id specified",
  });
});

test("who removes each page's versions before he asks for the next one gets to all of them", async () => {
  for (const key of ["a", "a", "a", "a", "a", "b"]) await put(key);
  let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (at) {
    const page: OutputOf<"s3", "ListObjectVersions"> = await s3.call("ListObjectVersions", { Bucket, MaxKeys: 2, ...at });
    const Objects = (page.Versions ?? []).map(({ Key, VersionId }) => ({ Key, VersionId }));
    await s3.call("DeleteObjects", { Bucket, Delete: { Objects } });
    at = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
  expect((await s3.call("ListObjectVersions", { Bucket })).Versions).toBeUndefined();
});

test("names that no document holds come encoded, as all that repeats a name", async () => {
  const key = "a b/ü+~*(1)'\u0001&";
  await put(key);
  const encoded = "a+b/%C3%BC%2B%7E*%281%29%27%01%26";
  const of = { Bucket, EncodingType: "url" as const, Prefix: "a b/" };
  const inV2 = await s3.call("ListObjectsV2", { ...of, StartAfter: "a b/" });
  expect(inV2).toMatchObject({ EncodingType: "url", Prefix: "a+b/", StartAfter: "a+b/", Contents: [{ Key: encoded }] });
  expect(await s3.call("ListObjectsV2", { Bucket, EncodingType: "url", Delimiter: " " })).toMatchObject({
    Delimiter: "+",
    CommonPrefixes: [{ Prefix: "a+" }],
  });
  expect(await s3.call("ListObjects", { ...of, Marker: "a b/" })).toMatchObject({ Marker: "a+b/", Contents: [{ Key: encoded }] });
  expect(await s3.call("ListObjectVersions", of)).toMatchObject({ Prefix: "a+b/", Versions: [{ Key: encoded }] });
  await s3.call("CreateMultipartUpload", { Bucket, Key: key });
  expect(await s3.call("ListMultipartUploads", of)).toMatchObject({ Prefix: "a+b/", Uploads: [{ Key: encoded }] });
  await expect(s3.call("ListObjectsV2", { ...of, EncodingType: "base64" as "url" })).rejects.toMatchObject({ code: "InvalidArgument" });
});
