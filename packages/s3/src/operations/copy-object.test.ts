import { AccessDenied } from "@mayfly/kernel";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limits } from "../limits.ts";
import { bodyOf, startTestS3, type TestS3 } from "../testing/test-s3.ts";

const Bucket = "bucket";
const target = { Bucket, Key: "copy" };
let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3();
  await s3.call("CreateBucket", { Bucket });
});
afterEach(() => s3.close());

const put = (Key: string, text = "x", more: object = {}) => s3.call("PutObject", { Bucket, Key, Body: bodyOf(text), ...more });

test("the source's owner is who the caller believes", async () => {
  await put("k");
  const copy = (ExpectedSourceBucketOwner: string) =>
    s3.call("CopyObject", { ...target, CopySource: `${Bucket}/k`, ExpectedSourceBucketOwner });
  await expect(copy("111111111111")).rejects.toMatchObject({ code: "AccessDenied" });
  await copy("123456789012");
});

test("a delete marker can't be copied, by its name or as the object", async () => {
  await s3.call("PutBucketVersioning", { Bucket, VersioningConfiguration: { Status: "Enabled" } });
  const { VersionId: old } = await put("k");
  const { VersionId } = await s3.call("DeleteObject", { Bucket, Key: "k" });
  await expect(s3.call("CopyObject", { ...target, CopySource: `${Bucket}/k?versionId=${VersionId}` })).rejects.toMatchObject({
    code: "InvalidRequest",
    message: "The source of a copy request may not specifically refer to a delete marker by version id.",
  });
  await expect(s3.call("CopyObject", { ...target, CopySource: `${Bucket}/k` })).rejects.toMatchObject({ code: "NoSuchKey" });
  const restored = await s3.call("CopyObject", { Bucket, Key: "k", CopySource: `${Bucket}/k?versionId=${old}` });
  expect(restored.CopySourceVersionId).toBe(old);
});

test("tags are copied for those who may read and write them", async () => {
  await put("tagged", "x", { Tagging: "a=b" });
  s3.authorize = ({ action, resource }) => {
    if (action === "s3:GetObjectTagging") throw new AccessDenied(`Not ${action} on ${resource}`);
  };
  const copy = (more: object = {}) => s3.call("CopyObject", { ...target, CopySource: `${Bucket}/tagged`, ...more });
  await expect(copy()).rejects.toThrow(`Not s3:GetObjectTagging on arn:aws:s3:::${Bucket}/tagged`);
  await copy({ TaggingDirective: "REPLACE", Tagging: "c=d" });
  s3.authorize = () => undefined;
  await copy();
  expect((await s3.call("GetObjectTagging", target)).TagSet).toEqual([{ Key: "a", Value: "b" }]);
});

test("conditions of the source and of the target must all hold", async () => {
  const { ETag } = await put("k");
  await put("copy", "older");
  const copy = (more: object) => s3.call("CopyObject", { ...target, CopySource: `${Bucket}/k`, ...more });
  const [before, later] = [new Date(s3.time.nowMs - 60_000), new Date(s3.time.nowMs + 60_000)];
  for (const failing of [
    { CopySourceIfMatch: '"other"' },
    { CopySourceIfNoneMatch: ETag },
    { CopySourceIfUnmodifiedSince: before },
    { CopySourceIfModifiedSince: later },
    { IfNoneMatch: "*" },
    { IfMatch: '"other"' },
  ])
    await expect(copy(failing)).rejects.toMatchObject({ code: "PreconditionFailed", status: 412 });
  // Who names the ETag is not asked for the time.
  await copy({ CopySourceIfMatch: ETag, CopySourceIfUnmodifiedSince: before });
  await copy({ CopySourceIfNoneMatch: '"other"', CopySourceIfModifiedSince: before });
});

test("where a page leads to is each object's own", async () => {
  await put("k", "x", { CacheControl: "no-store", WebsiteRedirectLocation: "/old" });
  const copy = async (more: object) => {
    await s3.call("CopyObject", { ...target, CopySource: `${Bucket}/k`, ...more });
    return s3.call("HeadObject", target);
  };
  const plain = await copy({});
  expect([plain.CacheControl, plain.WebsiteRedirectLocation]).toEqual(["no-store", undefined]);
  expect((await copy({ WebsiteRedirectLocation: "/new" })).WebsiteRedirectLocation).toBe("/new");
});

test("a range becomes a part, if the source has it", async () => {
  await put("k", "0123456789");
  const { UploadId } = await s3.call("CreateMultipartUpload", target);
  const part = (CopySourceRange: string) =>
    s3.call("UploadPartCopy", { ...target, UploadId: UploadId, PartNumber: 1, CopySource: `${Bucket}/k`, CopySourceRange });
  for (const range of ["bytes=2-10", "bytes=5-2", "bytes=-3", "2-3"])
    await expect(part(range)).rejects.toMatchObject({ code: "InvalidArgument", status: 400 });
  const { CopyPartResult } = await part("bytes=2-4");
  const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
  await s3.call("CompleteMultipartUpload", { ...target, UploadId: UploadId, MultipartUpload: { Parts } });
  expect((await s3.call("HeadObject", target)).ContentLength).toBe(3);
});

test("an object that is replaced meanwhile is copied and tagged as it is then", async () => {
  const large = (letter: string) => letter.repeat(limits.inlineBytes + 1);
  await put("k", large("a"));
  const { ETag } = await put("other", large("b"));
  const { objects } = s3.db;
  const copyRow = vi.spyOn(objects, "put").mockImplementationOnce(async (...given) => {
    await put("k", large("b"));
    return objects.put(...given);
  });
  const copied = await s3.call("CopyObject", { ...target, CopySource: `${Bucket}/k` });
  expect(copied.CopyObjectResult?.ETag).toBe(ETag);
  copyRow.mockRestore();
  vi.spyOn(objects, "setTags").mockImplementationOnce(async (...given) => {
    await put("k", large("c"));
    return objects.setTags(...given);
  });
  await s3.call("PutObjectTagging", { Bucket, Key: "k", Tagging: { TagSet: [{ Key: "a", Value: "b" }] } });
  expect((await s3.call("GetObjectTagging", { Bucket, Key: "k" })).TagSet).toEqual([{ Key: "a", Value: "b" }]);
});
