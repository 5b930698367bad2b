import { expect } from "vitest";
import { acts, refused, type Probe } from "../probe.ts";
import type { World } from "../world.ts";
import { Bucket, refusalOf } from "./buckets.ts";

const Key = "probed.txt";
let VersionId = "";
let UploadId = "";
const partBytes = 5 * 1024 * 1024;

const textOf = async ({ s3 }: World, key: string, more: object = {}): Promise<string | undefined> =>
  (await s3.getObject({ Bucket, Key: key, ...more })).Body?.transformToString();

const ofObjects: readonly Probe[] = [
  acts("PutObject", "streamed to disk, checked against its checksum, there as a whole or not at all", async ({ s3 }) => {
    ({ VersionId = "" } = await s3.putObject({ Bucket, Key, Body: "first", Metadata: { of: "a run" }, ContentType: "text/plain" }));
    await s3.putObject({ Bucket, Key, Body: "second" });
    await expect(s3.putObject({ Bucket, Key, Body: "third", IfNoneMatch: "*" })).rejects.toThrow("pre-conditions");
  }),
  acts("GetObject", "whole, in ranges and by version, under conditions", async (w) => {
    expect(await textOf(w, Key, { Range: "bytes=1-3" })).toBe("eco");
    expect(await textOf(w, Key, { VersionId })).toBe("first");
  }),
  acts("HeadObject", "what is known of it", async ({ s3 }) => {
    const head = await s3.headObject({ Bucket, Key, VersionId });
    expect(head).toMatchObject({ ContentLength: 5, ContentType: "text/plain", Metadata: { of: "a run" } });
  }),
  acts("GetObjectAttributes", "checksum, parts, size", async ({ s3 }) => {
    const ObjectAttributes = ["ObjectSize" as const, "Checksum" as const];
    const { ObjectSize, Checksum } = await s3.getObjectAttributes({ Bucket, Key, ObjectAttributes });
    expect([ObjectSize, Checksum?.ChecksumType]).toEqual([6, "FULL_OBJECT"]);
  }),
  acts("CopyObject", "copies no byte", async (w) => {
    await w.s3.copyObject({ Bucket, Key: "copy", CopySource: `${Bucket}/${Key}` });
    expect(await textOf(w, "copy")).toBe("second");
  }),
  acts("PutObjectTagging", "rules of lifecycle go by them", async ({ s3 }) => {
    await s3.putObjectTagging({ Bucket, Key, Tagging: { TagSet: [{ Key: "a", Value: "1" }] } });
  }),
  acts("GetObjectTagging", "what was put", async ({ s3 }) => {
    expect((await s3.getObjectTagging({ Bucket, Key })).TagSet).toEqual([{ Key: "a", Value: "1" }]);
  }),
  acts("DeleteObjectTagging", "they are gone", async ({ s3 }) => {
    await s3.deleteObjectTagging({ Bucket, Key });
    expect((await s3.getObjectTagging({ Bucket, Key })).TagSet).toEqual([]);
  }),
  acts("GetObjectAcl", "the owner may do everything", async ({ s3 }) => {
    expect((await s3.getObjectAcl({ Bucket, Key })).Grants?.map(({ Permission }) => Permission)).toEqual(["FULL_CONTROL"]);
  }),
  refused("PutObjectAcl", "ACLs are off, but for private and bucket-owner-full-control", ({ s3 }) =>
    refusalOf(s3.putObjectAcl({ Bucket, Key, ACL: "public-read" })),
  ),
];

const ofLists: readonly Probe[] = [
  acts("ListObjects", "with prefix, delimiter and pages", async ({ s3 }) => {
    const { Contents, IsTruncated } = await s3.listObjects({ Bucket, MaxKeys: 1 });
    expect([Contents?.map((each) => each.Key), IsTruncated]).toEqual([["copy"], true]);
  }),
  acts("ListObjectsV2", "with prefix, delimiter and pages", async ({ s3 }) => {
    const { Contents } = await s3.listObjectsV2({ Bucket, Prefix: "prob" });
    expect(Contents?.map((each) => each.Key)).toEqual([Key]);
  }),
  acts("ListObjectVersions", "with delete markers", async ({ s3 }) => {
    const { Versions } = await s3.listObjectVersions({ Bucket, Prefix: Key });
    expect(Versions?.map(({ IsLatest }) => IsLatest)).toEqual([true, false]);
  }),
];

const ofUploads: readonly Probe[] = [
  acts("CreateMultipartUpload", "of up to 10,000 parts", async ({ s3 }) => {
    ({ UploadId = "" } = await s3.createMultipartUpload({ Bucket, Key: "parts" }));
  }),
  acts("UploadPart", "on disk before the answer", async ({ s3 }) => {
    const { ETag } = await s3.uploadPart({ Bucket, Key: "parts", UploadId, PartNumber: 1, Body: Buffer.alloc(partBytes, "x") });
    expect(ETag).toMatch(/^"[\da-f]{32}"$/);
  }),
  acts("UploadPartCopy", "of a part of an object, or of all of it", async ({ s3 }) => {
    await s3.uploadPartCopy({ Bucket, Key: "parts", UploadId, PartNumber: 2, CopySource: `${Bucket}/${Key}` });
  }),
  acts("ListParts", "by pages", async ({ s3 }) => {
    const { Parts } = await s3.listParts({ Bucket, Key: "parts", UploadId });
    expect(Parts?.map(({ Size }) => Size)).toEqual([partBytes, 6]);
  }),
  acts("ListMultipartUploads", "by pages", async ({ s3 }) => {
    expect((await s3.listMultipartUploads({ Bucket })).Uploads?.map((each) => each.UploadId)).toEqual([UploadId]);
  }),
  acts("CompleteMultipartUpload", "copies no byte; the ETag is that of the parts", async ({ s3 }) => {
    const { Parts = [] } = await s3.listParts({ Bucket, Key: "parts", UploadId });
    const MultipartUpload = { Parts: Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag })) };
    const { ETag } = await s3.completeMultipartUpload({ Bucket, Key: "parts", UploadId, MultipartUpload });
    expect(ETag).toMatch(/-2"$/);
    expect((await s3.headObject({ Bucket, Key: "parts" })).ContentLength).toBe(partBytes + 6);
  }),
  acts("AbortMultipartUpload", "its parts are gone", async ({ s3 }) => {
    const { UploadId: id } = await s3.createMultipartUpload({ Bucket, Key: "aborted" });
    await s3.abortMultipartUpload({ Bucket, Key: "aborted", UploadId: id });
    expect((await s3.listMultipartUploads({ Bucket })).Uploads).toBeUndefined();
  }),
];

const ofRemovals: readonly Probe[] = [
  acts("DeleteObject", "a delete marker where versions are kept", async ({ s3 }) => {
    expect((await s3.deleteObject({ Bucket, Key })).DeleteMarker).toBe(true);
    expect((await s3.deleteObject({ Bucket, Key, VersionId })).VersionId).toBe(VersionId);
  }),
  acts("DeleteObjects", "a thousand at once, each permitted or not by itself", async ({ s3 }) => {
    const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
    const Objects = [...Versions, ...DeleteMarkers].map((each) => ({ Key: each.Key, VersionId: each.VersionId }));
    expect((await s3.deleteObjects({ Bucket, Delete: { Objects } })).Deleted).toHaveLength(Objects.length);
  }),
  acts("DeleteBucket", "if it is empty", async ({ s3 }) => {
    await s3.deleteBucket({ Bucket });
    await expect(s3.headBucket({ Bucket })).rejects.toMatchObject({ name: "NotFound" });
  }),
];

/** What S3's API offers for objects, after the runs of buckets. */
export const objectOperations: readonly Probe[] = [...ofObjects, ...ofLists, ...ofUploads, ...ofRemovals];
