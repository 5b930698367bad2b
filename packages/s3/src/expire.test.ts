import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LifecycleRule } from "@mayfly/wire/s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bodyOf, startTestS3, type TestS3 } from "./testing/test-s3.ts";

const Bucket = "bucket";
const dayMs = 86_400_000;
const Tag = { Key: "a", Value: "b" };
let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3();
  await s3.call("CreateBucket", { Bucket });
});
afterEach(() => s3.close());

const rule = (given: Partial<LifecycleRule>): Promise<unknown> =>
  s3.call("PutBucketLifecycleConfiguration", {
    Bucket,
    LifecycleConfiguration: { Rules: [{ Status: "Enabled", Filter: { Prefix: "" }, ...given }] },
  });
const put = (Key: string, text = "x", Tagging?: string) => s3.call("PutObject", { Bucket, Key, Body: bodyOf(text), Tagging });
const keys = async (): Promise<unknown> => ((await s3.call("ListObjectsV2", { Bucket })).Contents ?? []).map(({ Key }) => Key);
const after = async (days: number): Promise<void> => {
  s3.time.nowMs += days * dayMs;
  await s3.s3.expire();
};

test("objects are gone at the midnight after their days, those that the rule is for, with their files", async () => {
  await rule({
    Filter: { And: { Prefix: "logs/", Tags: [{ Key: "keep", Value: "no" }], ObjectSizeGreaterThan: 1 } },
    Expiration: { Days: 2 },
  });
  await put("logs/large", "x".repeat(100_000), "keep=no");
  await put("logs/small", "x", "keep=no");
  await put("logs/kept", "xx", "keep=yes");
  await put("other", "xx", "keep=no");
  await after(2);
  expect(await keys()).toContain("logs/large");
  await after(1);
  expect(await keys()).toEqual(["logs/kept", "logs/small", "other"]);
  const folders = await readdir(join(s3.folder, "objects"));
  expect((await Promise.all(folders.map((name) => readdir(join(s3.folder, "objects", name))))).flat()).toEqual([]);
});

test("a rule that is off does nothing, and one that is taken away neither", async () => {
  await rule({ Status: "Disabled", Expiration: { Days: 1 } });
  await put("a");
  await after(3);
  await rule({ Expiration: { Days: 1 } });
  await s3.call("DeleteBucketLifecycle", { Bucket });
  await after(3);
  expect(await keys()).toEqual(["a"]);
});

test("versions that are not current go, but for the newest of them; then the marker that stands alone", async () => {
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  await rule({
    Expiration: { ExpiredObjectDeleteMarker: true },
    NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 },
  });
  for (const text of ["1", "2", "3", "4"]) await put("k", text);
  await after(3);
  expect((await s3.call("ListObjectVersions", { Bucket })).Versions).toHaveLength(2);
  await rule({ Expiration: { ExpiredObjectDeleteMarker: true }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
  await s3.call("DeleteObject", { Bucket, Key: "k" });
  await after(3);
  await after(0);
  expect(await s3.call("ListObjectVersions", { Bucket })).toMatchObject({ IsTruncated: false });
  await s3.call("DeleteBucket", { Bucket });
});

test("days count for a marker that stands alone, too", async () => {
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  await rule({ Filter: { Prefix: "k" }, Expiration: { Days: 2 }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
  await put("k");
  await after(3);
  const { DeleteMarkers, Versions } = await s3.call("ListObjectVersions", { Bucket });
  expect([DeleteMarkers?.length, Versions?.length]).toEqual([1, 1]);
  await after(2);
  expect(await s3.call("ListObjectVersions", { Bucket })).not.toHaveProperty("Versions");
  await after(2);
  expect(await s3.call("ListObjectVersions", { Bucket })).not.toHaveProperty("DeleteMarkers");
});

test("whoever makes or reads an object is told when it goes, and by which rule", async () => {
  const Tags = [{ Key: "keep", Value: "no" }];
  const rules: LifecycleRule[] = [
    { ID: "slow one", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 9 } },
    { ID: "off", Status: "Disabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } },
    { ID: "quick", Status: "Enabled", Filter: { And: { Prefix: "logs/", Tags } }, Expiration: { Days: 2 } },
    { ID: "uploads", Status: "Enabled", Filter: { Prefix: "" }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
  ];
  expect(await put("before")).not.toHaveProperty("Expiration");
  await s3.call("PutBucketLifecycleConfiguration", { Bucket, LifecycleConfiguration: { Rules: rules } });
  const midnight = (days: number): string => new Date(Math.ceil(s3.time.nowMs / dayMs + days) * dayMs).toUTCString();
  const slow = { Expiration: `expiry-date="${midnight(9)}", rule-id="slow%20one"` };
  const quick = { Expiration: `expiry-date="${midnight(2)}", rule-id="quick"` };
  expect(await put("logs/1", "x", "keep=no")).toMatchObject(quick);
  expect(await put("other")).toMatchObject(slow);
  const Key = "logs/2";
  expect(await s3.call("CopyObject", { Bucket, Key, CopySource: `${Bucket}/logs/1` })).toMatchObject(quick);
  expect(await s3.call("HeadObject", { Bucket, Key })).toMatchObject(quick);
  expect(await s3.call("GetObject", { Bucket, Key: "before" })).toMatchObject(slow);
  const { UploadId = "" } = await s3.call("CreateMultipartUpload", { Bucket, Key, Tagging: "keep=no" });
  const { ETag } = await s3.call("UploadPart", { Bucket, Key, UploadId, PartNumber: 1, Body: bodyOf("x") });
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  expect(await s3.call("CompleteMultipartUpload", { Bucket, Key, UploadId, MultipartUpload })).toMatchObject(quick);
});

test("uploads that nobody completes are aborted", async () => {
  await rule({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } });
  const upload = { Bucket, Key: "k", UploadId: (await s3.call("CreateMultipartUpload", { Bucket, Key: "k" })).UploadId };
  await s3.call("UploadPart", { ...upload, PartNumber: 1, Body: bodyOf("x") });
  await after(3);
  await expect(s3.call("ListParts", upload)).rejects.toMatchObject({ code: "NoSuchUpload" });
});

test.each([
  ["no action", {}, "InvalidRequest"],
  ["no days", { Expiration: {} }, "MalformedXML"],
  ["days of none", { Expiration: { Days: 0 } }, "InvalidArgument"],
  ["a time of day", { Expiration: { Date: new Date("2026-11-23T15:00:00Z") } }, "InvalidArgument"],
  ["no filter", { Filter: undefined, Expiration: { Days: 1 } }, "MalformedXML"],
  ["a filter and a prefix", { Prefix: "a", Expiration: { Days: 1 } }, "MalformedXML"],
  ["two filters", { Filter: { Prefix: "a", ObjectSizeLessThan: 1 }, Expiration: { Days: 1 } }, "MalformedXML"],
  ["tags of uploads", { Filter: { Tag }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }, "InvalidRequest"],
  ["tags of markers", { Filter: { And: { Tags: [Tag] } }, Expiration: { ExpiredObjectDeleteMarker: true } }, "InvalidRequest"],
  ["sizes of uploads", { Filter: { ObjectSizeLessThan: 9 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }, "InvalidRequest"],
  ["a class that is not there", { Transitions: [{ Days: 1, StorageClass: "GLACIER" as const }] }, "NotImplemented"],
])("a rule with %s is refused", async (_what, given, code) => {
  await expect(rule(given)).rejects.toMatchObject({ code });
});
