import type { InputOf } from "@mayfly/kernel";
import { aclNotSupported, invalidArgument } from "../faults.ts";
import { authorizeObject, bucketOf, keyOf, onObject } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checksumOutput, wantedChecksum, type Checksum } from "../objects/checksums.ts";
import { checkKey, encryptionOutput, metaOf, type ObjectMeta } from "../objects/meta.ts";
import { putObject as put, writeCondition } from "../objects/put.ts";
import { emptyBody, inlineBytes, receiveBody, type Received } from "../objects/receive.ts";
import { quoted, versionOutput } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";
import { readTagHeader, requestTagKeys } from "../tags.ts";

type Input = InputOf<"s3", "PutObject">;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: S3Operation<"PutObject"> = {
  iam: onObject<Input>("s3:PutObject", {
    keys: ({ ACL, StorageClass, ServerSideEncryption, Tagging }) => ({
      ...keyOf("s3:x-amz-acl", ACL),
      ...keyOf("s3:x-amz-storage-class", StorageClass),
      ...keyOf("s3:x-amz-server-side-encryption", ServerSideEncryption),
      ...requestTagKeys(readTagHeader(Tagging)),
    }),
  }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    checkKey(input.Key);
    checkAcl(input.ACL);
    if (input.WriteOffsetBytes !== undefined) throw invalidArgument("Appending is for directory buckets.", "x-amz-write-offset-bytes");
    const meta = metaOf(input);
    const condition = writeCondition(input);
    const tags = readTagHeader(input.Tagging);
    if (Object.keys(tags).length > 0) await authorizeObject(ctx, bucket, "s3:PutObjectTagging", input.Key);
    const Body = input.Body ?? emptyBody;
    const wanted = wantedChecksum(input, Body.trailerNames, input.ChecksumAlgorithm);
    const checksum = wanted?.algorithm ?? "CRC64NVME";
    const received = await receiveBody(resources, { ...input, Body }, wanted, { checksum, inlineBytes, maxBytes: limits.putBytes });
    const full = withChecksum(meta, received);
    const etag = received.md5.toString("hex");
    const { versionId } = await put(
      resources,
      bucket,
      {
        key: input.Key,
        size: received.size,
        etag,
        lastModifiedMs: Math.floor(resources.clock.now() / 1000) * 1000,
        meta: JSON.stringify(full),
        tags: JSON.stringify(tags),
        content: received.content,
        ...condition,
      },
      { name: "ObjectCreated:Put", ctx },
    );
    return { ETag: quoted(etag), ...checksumOutput(full.checksum), ...encryptionOutput(full), ...versionOutput(bucket, versionId) };
  },
};

/** What is known of bytes that are a whole object. */
function withChecksum(meta: ObjectMeta, { checksum }: Pick<Received, "checksum">): ObjectMeta {
  const kept: Checksum | undefined = checksum && { ...checksum, type: "FULL_OBJECT" };
  return { ...meta, ...(kept && { checksum: kept }) };
}

/** Buckets' owners own all in them; ACLs are off. https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
export function checkAcl(acl: string | undefined): void {
  if (acl !== undefined && acl !== "bucket-owner-full-control" && acl !== "private") throw aclNotSupported();
}
