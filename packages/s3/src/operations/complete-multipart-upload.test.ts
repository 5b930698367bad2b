import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { bodyOf, startTestS3, type TestS3 } from "../testing/test-s3.ts";

const Bucket = "bucket";
const named = { Bucket, Key: "k" };
const [first, second] = ["a".repeat(limits.leastPartBytes), "b"] as const;
let s3: TestS3;
beforeEach(async () => {
  s3 = await startTestS3();
  await s3.call("CreateBucket", { Bucket });
});
afterEach(() => s3.close());

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("base64");
const md5 = (content: string | Buffer): Buffer => createHash("md5").update(content).digest();
function crc(content: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(content));
  return bytes.toString("base64");
}

/** Two parts of an upload, and what completes it. */
async function uploaded(how: object = {}, sums: readonly object[] = [{}, {}]) {
  const { UploadId = "" } = await s3.call("CreateMultipartUpload", { ...named, ...how });
  const Parts = [];
  for (const [index, text] of [first, second].entries()) {
    const PartNumber = index + 1;
    const { ETag } = await s3.call("UploadPart", { ...named, UploadId, PartNumber, Body: bodyOf(text), ...sums[index] });
    Parts.push({ PartNumber, ETag, ...sums[index] });
  }
  return { ...named, UploadId, MultipartUpload: { Parts } };
}

test("the ETag is of the parts' sums, and they are told by their numbers", async () => {
  const { ETag } = await s3.call("CompleteMultipartUpload", await uploaded());
  const of = createHash("md5").update(md5(first)).update(md5(second)).digest("hex");
  expect(ETag).toBe(`"${of}-2"`);
  const part = await s3.call("HeadObject", { ...named, PartNumber: 2 });
  expect(part).toMatchObject({
    PartsCount: 2,
    ContentLength: 1,
    ContentRange: `bytes ${first.length}-${first.length}/${first.length + 1}`,
    ETag,
  });
  await expect(s3.call("HeadObject", { ...named, PartNumber: 3 })).rejects.toMatchObject({ code: "InvalidPartNumber", status: 416 });
  for (const PartNumber of [0, -1, 10_001])
    await expect(s3.call("GetObject", { ...named, PartNumber })).rejects.toMatchObject({
      code: "InvalidArgument",
      message: "Part number must be an integer between 1 and 10000, inclusive",
    });
});

describe("of two that complete an object, or one that comes too late", () => {
  test("who wants to be the first one is told, and keeps the upload", async () => {
    const upload = await uploaded();
    await s3.call("PutObject", { ...named, Body: bodyOf("there") });
    await expect(s3.call("CompleteMultipartUpload", { ...upload, IfNoneMatch: "*" })).rejects.toMatchObject({
      code: "PreconditionFailed",
      status: 412,
    });
    await expect(s3.call("CompleteMultipartUpload", { ...upload, IfMatch: '"other"' })).rejects.toMatchObject({ status: 412 });
    const { ETag } = await s3.call("HeadObject", named);
    await s3.call("CompleteMultipartUpload", { ...upload, IfMatch: ETag });
    await expect(s3.call("ListParts", upload)).rejects.toMatchObject({ code: "NoSuchUpload" });
  });
  test("there is nothing to match", async () => {
    await expect(s3.call("CompleteMultipartUpload", { ...(await uploaded()), IfMatch: '"a"' })).rejects.toMatchObject({
      code: "NoSuchKey",
      status: 404,
    });
  });
});

describe("a checksum of checksums", () => {
  const how = { ChecksumAlgorithm: "SHA256" as const };
  const sums = [{ ChecksumSHA256: sha256(first) }, { ChecksumSHA256: sha256(second) }];

  test("is the whole's, each part having its own", async () => {
    const upload = await uploaded(how, sums);
    const done = await s3.call("CompleteMultipartUpload", upload);
    const value = sha256(Buffer.concat([first, second].map((text) => Buffer.from(sha256(text), "base64"))));
    expect(done).toMatchObject({ ChecksumSHA256: `${value}-2`, ChecksumType: "COMPOSITE" });
    const head = (more: object) => s3.call("HeadObject", { ...named, ChecksumMode: "ENABLED", ...more });
    expect(await head({})).toMatchObject({ ChecksumSHA256: `${value}-2` });
    expect(await head({ PartNumber: 2 })).toMatchObject({ ChecksumSHA256: sha256(second) });
    expect(await head({ Range: "bytes=0-1" })).not.toHaveProperty("ChecksumSHA256");
  });

  test("needs those of all parts", async () => {
    const { MultipartUpload, ...upload } = await uploaded(how, sums);
    const Parts = MultipartUpload.Parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }));
    await expect(s3.call("CompleteMultipartUpload", { ...upload, MultipartUpload: { Parts } })).rejects.toMatchObject({
      code: "InvalidRequest",
      message:
        "The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.",
    });
    await expect(s3.call("CompleteMultipartUpload", { ...upload, MultipartUpload, ChecksumType: "FULL_OBJECT" })).rejects.toMatchObject({
      message: "The upload was created using the COMPOSITE checksum mode. The complete request must use the same checksum mode.",
    });
  });
});

test("a checksum of the whole needs no part's, and is what the bytes have", async () => {
  const upload = await uploaded({ ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" });
  await expect(s3.call("CompleteMultipartUpload", { ...upload, ChecksumCRC32: crc("other") })).rejects.toMatchObject({ code: "BadDigest" });
  const done = await s3.call("CompleteMultipartUpload", { ...upload, ChecksumCRC32: crc(first + second) });
  expect(done).toMatchObject({ ChecksumCRC32: crc(first + second), ChecksumType: "FULL_OBJECT" });
});

test("a size that is not the parts' is refused", async () => {
  const upload = await uploaded();
  const complete = (MpuObjectSize: number) => s3.call("CompleteMultipartUpload", { ...upload, MpuObjectSize });
  await expect(complete(first.length)).rejects.toMatchObject({ code: "InvalidRequest" });
  await complete(first.length + second.length);
});
