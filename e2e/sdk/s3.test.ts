import { createHash, randomBytes } from "node:crypto";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";
import { expectError } from "./expect-error.ts";
import { testBuckets } from "./test-buckets.ts";

const { clients: aws } = serveTests();

const { newBucket, textOf } = testBuckets(aws);

test("a bucket is made, found, listed and deleted", async () => {
  const Bucket = await newBucket();
  expect((await aws.s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe("us-east-1");
  expect((await aws.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
  expect((await aws.s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toContain(Bucket);
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x" }));
  await expectError(aws.s3.send(new DeleteBucketCommand({ Bucket })), "BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
  await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
  await aws.s3.send(new DeleteBucketCommand({ Bucket }));
  await expectError(aws.s3.send(new PutObjectCommand({ Bucket, Key: "k" })), "NoSuchBucket", 404, "The specified bucket does not exist");
});

test("a bucket's name is held to the rules", async () => {
  for (const Bucket of ["Upper", "a..b", "192.168.0.1", "ab", "x-s3alias"])
    await expectError(aws.s3.send(new CreateBucketCommand({ Bucket })), "InvalidBucketName", 400, "The specified bucket is not valid.");
});

test("an object comes back as it was put, with all that was said of it", async () => {
  const Bucket = await newBucket();
  const Key = "a folder/ü+&=?#%41 'x'.txt";
  const put = await aws.s3.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body: "hello",
      ContentType: "text/plain",
      CacheControl: "no-store",
      Metadata: { one: "1" },
      Tagging: "a=b",
    }),
  );
  expect(put).toMatchObject({ ETag: '"5d41402abc4b2a76b9719d911017c592"', ServerSideEncryption: "AES256", ChecksumCRC32: "NhCmhg==" });
  const got = await aws.s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(got).toMatchObject({ ContentType: "text/plain", CacheControl: "no-store", Metadata: { one: "1" }, TagCount: 1, ContentLength: 5 });
  expect(await got.Body?.transformToString()).toBe("hello");
  expect(await aws.s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentLength: 5, ETag: put.ETag });
  expect((await aws.s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toMatchObject([{ Key, Size: 5, StorageClass: "STANDARD" }]);
});

test.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
  "%s is computed, kept, told, and a wrong one refused",
  async (algorithm) => {
    const Bucket = await newBucket();
    const Body = randomBytes(200_000);
    const name = `Checksum${algorithm}` as const;
    const put = await aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body, ChecksumAlgorithm: algorithm }));
    expect(put[name]).toMatch(/=$/);
    const head = await aws.s3.send(new HeadObjectCommand({ Bucket, Key: "k", ChecksumMode: "ENABLED" }));
    expect(head).toMatchObject({ [name]: put[name], ChecksumType: "FULL_OBJECT" });
    const wrong = aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "other", [name]: put[name] }));
    await expectError(wrong, "BadDigest", 400, `The ${algorithm} you specified did not match the calculated checksum.`);
    expect(Buffer.from((await (await aws.s3.send(new GetObjectCommand({ Bucket, Key: "k" }))).Body?.transformToByteArray()) ?? [])).toEqual(
      Body,
    );
  },
);

test("a body that streams, of which no length is known ahead, comes in parts and is put together", async () => {
  const Bucket = await newBucket();
  const whole = randomBytes(12_000_000);
  await new Upload({ client: aws.s3, params: { Bucket, Key: "big", Body: whole }, partSize: 5 * 1024 * 1024 }).done();
  const got = await aws.s3.send(new GetObjectCommand({ Bucket, Key: "big" }));
  expect(got.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true);
  const second = await aws.s3.send(new GetObjectCommand({ Bucket, Key: "big", PartNumber: 2 }));
  expect(second).toMatchObject({ PartsCount: 3, ContentRange: "bytes 5242880-10485759/12000000" });
  expect(Buffer.from((await second.Body?.transformToByteArray()) ?? []).equals(whole.subarray(5242880, 10485760))).toBe(true);
  const over = await aws.s3.send(new GetObjectCommand({ Bucket, Key: "big", Range: "bytes=5242878-5242881" }));
  expect(Buffer.from((await over.Body?.transformToByteArray()) ?? []).equals(whole.subarray(5242878, 5242882))).toBe(true);
  const attributes = await aws.s3.send(
    new GetObjectAttributesCommand({ Bucket, Key: "big", ObjectAttributes: ["ObjectParts", "ObjectSize"] }),
  );
  expect(attributes).toMatchObject({ ObjectSize: 12_000_000, ObjectParts: { TotalPartsCount: 3 } });
});

test("parts are named, listed, copied, checked when they are put together", async () => {
  const Bucket = await newBucket();
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: "source", Body: "0123456789" }));
  const upload = { Bucket, Key: "k", UploadId: (await aws.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "k" }))).UploadId };
  const one = await aws.s3.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: "small" }));
  const two = await aws.s3.send(
    new UploadPartCopyCommand({ ...upload, PartNumber: 2, CopySource: `${Bucket}/source`, CopySourceRange: "bytes=2-4" }),
  );
  const { Parts } = await aws.s3.send(new ListPartsCommand(upload));
  expect(Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, 5],
    [2, 3],
  ]);
  const complete = (parts: { PartNumber: number; ETag: string | undefined }[]) =>
    aws.s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
  const [first, last] = [
    { PartNumber: 1, ETag: one.ETag },
    { PartNumber: 2, ETag: two.CopyPartResult?.ETag },
  ] as const;
  await expectError(complete([first, last]), "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size");
  await expectError(complete([last, first]), "InvalidPartOrder", 400, /ascending order/);
  await expectError(complete([{ PartNumber: 3, ETag: one.ETag }]), "InvalidPart", 400, /could not be found/);
  await complete([last]);
  expect(await textOf(Bucket, "k")).toBe("234");
  await expectError(complete([last]), "NoSuchUpload", 404, /does not exist/);
});

test("lists are cut into pages, and show folders", async () => {
  const Bucket = await newBucket();
  const keys = ["a", "b/1", "b/2", "b/c/3", "d", "é/1", "\u{1f600}/1"];
  await Promise.all(keys.map((Key) => aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: "" }))));
  const seen: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await aws.s3.send(new ListObjectsV2Command({ Bucket, Delimiter: "/", MaxKeys: 1, ContinuationToken }));
    seen.push(...(page.Contents ?? []).map(({ Key = "" }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(seen).toEqual(["a", "b/", "d", "é/", "\u{1f600}/"]);
  const inner = await aws.s3.send(new ListObjectsV2Command({ Bucket, Delimiter: "/", Prefix: "b/" }));
  expect([inner.Contents?.map(({ Key }) => Key), inner.CommonPrefixes]).toEqual([["b/1", "b/2"], [{ Prefix: "b/c/" }]]);
  expect((await aws.s3.send(new ListObjectsV2Command({ Bucket, StartAfter: "b/1" }))).KeyCount).toBe(5);
});

test("reads and writes can have conditions", async () => {
  const Bucket = await newBucket();
  const { ETag } = await aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "1", IfNoneMatch: "*" }));
  const refused = "At least one of the pre-conditions you specified did not hold";
  await expectError(
    aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "2", IfNoneMatch: "*" })),
    "PreconditionFailed",
    412,
    refused,
  );
  await expectError(aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "2", IfMatch: '"0"' })), "PreconditionFailed", 412, refused);
  await expectError(
    aws.s3.send(new PutObjectCommand({ Bucket, Key: "none", Body: "2", IfMatch: ETag })),
    "NoSuchKey",
    404,
    /does not exist/,
  );
  await expectError(aws.s3.send(new GetObjectCommand({ Bucket, Key: "k", IfMatch: '"0"' })), "PreconditionFailed", 412, refused);
  const unchanged = await aws.s3.send(new GetObjectCommand({ Bucket, Key: "k", IfNoneMatch: ETag })).catch((error: unknown) => error);
  expect(unchanged).toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: "2", IfMatch: ETag }));
  expect(await textOf(Bucket, "k")).toBe("2");
});

test("of 20 writers who want to be the first one is", async () => {
  const Bucket = await newBucket();
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) => aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body: String(at), IfNoneMatch: "*" }))),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("versions are kept, listed, read, marked as deleted, and removed for good", async () => {
  const Bucket = await newBucket();
  const put = async (Body: string) => (await aws.s3.send(new PutObjectCommand({ Bucket, Key: "k", Body }))).VersionId;
  expect(await put("null")).toBeUndefined();
  await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  const [one, two] = [await put("1"), await put("2")];
  expect(
    await Promise.all([textOf(Bucket, "k"), textOf(Bucket, "k", { VersionId: one }), textOf(Bucket, "k", { VersionId: "null" })]),
  ).toEqual(["2", "1", "null"]);
  const marker = await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
  expect(marker.DeleteMarker).toBe(true);
  await expectError(textOf(Bucket, "k"), "NoSuchKey", 404, "The specified key does not exist.");
  expect((await aws.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  const listed = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(listed.Versions?.map(({ VersionId }) => VersionId)).toEqual([two, one, "null"]);
  expect(listed.DeleteMarkers).toMatchObject([{ VersionId: marker.VersionId, IsLatest: true }]);
  await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId: marker.VersionId }));
  expect(await textOf(Bucket, "k")).toBe("2");
  await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "k", VersionId: two }));
  expect(await textOf(Bucket, "k")).toBe("1");
  await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
  await put("new null");
  const after = await aws.s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(after.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    ["null", true],
    [one, false],
  ]);
});

test("an object is copied, with what was said of it or with something else", async () => {
  const Bucket = await newBucket();
  await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a b+ü", Body: randomBytes(100_000), Metadata: { x: "1" }, ContentType: "a/b" }));
  const CopySource = `${Bucket}/${encodeURIComponent("a b+ü")}`;
  await aws.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource }));
  // Some clients encode the slash, too.
  await aws.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: encodeURIComponent(`${Bucket}/a b+ü`) }));
  await expectError(aws.s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: Bucket })), "InvalidArgument", 400);
  await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "a b+ü" }));
  const copy = await aws.s3.send(new GetObjectCommand({ Bucket, Key: "copy" }));
  expect(copy).toMatchObject({ Metadata: { x: "1" }, ContentType: "a/b", ContentLength: 100_000 });
  expect((await copy.Body?.transformToByteArray())?.length).toBe(100_000);
  const onItself = { Bucket, Key: "copy", CopySource: `${Bucket}/copy` };
  await expectError(aws.s3.send(new CopyObjectCommand(onItself)), "InvalidRequest", 400, /copy an object to itself/);
  await aws.s3.send(new CopyObjectCommand({ ...onItself, MetadataDirective: "REPLACE", Metadata: { y: "2" } }));
  expect((await aws.s3.send(new HeadObjectCommand({ Bucket, Key: "copy" }))).Metadata).toEqual({ y: "2" });
});

test("a document that is not what its sender says of it changes nothing", async () => {
  const Bucket = await newBucket();
  const policy = (Policy: string, ContentMD5: string) => aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy, ContentMD5 }));
  const document = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/x` },
  });
  const md5 = createHash("md5").update(document).digest("base64");
  await expectError(
    policy(document.replace("/x", "/y"), md5),
    "BadDigest",
    400,
    "The Content-MD5 you specified did not match what we received.",
  );
  await expectError(policy(document, "bm9uZQ=="), "InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
  await expectError(aws.s3.send(new GetBucketPolicyCommand({ Bucket })), "NoSuchBucketPolicy", 404, /does not exist/);
  await policy(document, md5);
});

test("many are deleted at once, quietly or not", async () => {
  const Bucket = await newBucket();
  for (const Key of ["a", "b"]) await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: "" }));
  const loud = await aws.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "a" }, { Key: "none" }] } }));
  expect(loud.Deleted).toEqual([{ Key: "a" }, { Key: "none" }]);
  expect(
    (await aws.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: "b" }] } }))).Deleted,
  ).toBeUndefined();
  expect((await aws.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
});
