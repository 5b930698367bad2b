import type { Checked, ConditionKeys, InputOf, OutputOf, RequestContext } from "@mayfly/kernel";
import { expirationOutput } from "../buckets/lifecycle.ts";
import { aclNotSupported, invalidArgument } from "../faults.ts";
import { authorizeObject, bucketOf, keyOf, onObject } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checksumOutput, wantedChecksum, type Checksum, type WantedChecksum } from "../objects/checksums.ts";
import { checkKey, encryptionOutput, metaOf, type ObjectMeta } from "../objects/meta.ts";
import { putObject as put, writeCondition } from "../objects/put.ts";
import { emptyBody, inlineBytes, receiveBody, type Received, type Receiving } from "../objects/receive.ts";
import { quoted, versionOutput } from "../objects/versions.ts";
import type { S3Operation, S3Resources } from "../resources.ts";
import { readTagHeader, requestTagKeys } from "../tags.ts";

type Input = InputOf<"s3", "PutObject">;

/** What IAM is told of the object that a request makes. */
export const putObjectKeys = ({
  ACL,
  StorageClass,
  ServerSideEncryption,
  Tagging,
  IfMatch,
  IfNoneMatch,
}: Pick<Input, "ACL" | "StorageClass" | "ServerSideEncryption" | "Tagging" | "IfMatch" | "IfNoneMatch">): ConditionKeys => ({
  ...keyOf("s3:x-amz-acl", ACL),
  ...keyOf("s3:x-amz-storage-class", StorageClass),
  ...keyOf("s3:x-amz-server-side-encryption", ServerSideEncryption),
  ...requestTagKeys(readTagHeader(Tagging)),
  ...keyOf("s3:if-match", IfMatch),
  ...keyOf("s3:if-none-match", IfNoneMatch),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: S3Operation<"PutObject"> = {
  iam: onObject<Input>("s3:PutObject", { keys: putObjectKeys }),
  run(resources, ctx, input) {
    const Body = input.Body ?? emptyBody;
    return storeObject(resources, ctx, input, {
      name: "ObjectCreated:Put",
      trailerNames: Body.trailerNames,
      receive: (wanted, receiving) => receiveBody(resources, { ...input, Body }, wanted, receiving),
    });
  },
};

/** Where an object's bytes come from. */
interface ObjectSource {
  readonly name: "ObjectCreated:Put" | "ObjectCreated:Post";
  readonly trailerNames: readonly string[];
  /** Takes them in and holds them to what is said of them. @throws Fault */
  receive(wanted: WantedChecksum | undefined, receiving: Receiving): Promise<Received>;
}

/** What makes an object of a whole request, by PUT or by POST. @throws Fault, AccessDenied */
export async function storeObject(
  resources: S3Resources,
  ctx: RequestContext,
  input: Checked<Omit<Input, "Body">>,
  { name, trailerNames, receive }: ObjectSource,
): Promise<OutputOf<"s3", "PutObject">> {
  const bucket = bucketOf(resources, input);
  checkKey(input.Key);
  checkAcl(input.ACL);
  if (input.WriteOffsetBytes !== undefined) throw invalidArgument("Appending is for directory buckets.", "x-amz-write-offset-bytes");
  const meta = metaOf(input);
  const condition = writeCondition(input);
  const tags = readTagHeader(input.Tagging);
  if (Object.keys(tags).length > 0) await authorizeObject(ctx, bucket, "s3:PutObjectTagging", input.Key);
  const wanted = wantedChecksum(input, trailerNames, input.ChecksumAlgorithm);
  const checksum = wanted?.algorithm ?? "CRC64NVME";
  const received = await receive(wanted, { checksum, inlineBytes, maxBytes: limits.putBytes });
  const full = withChecksum(meta, received);
  const etag = received.md5.toString("hex");
  const { size } = received;
  const lastModifiedMs = Math.floor(resources.clock.now() / 1000) * 1000;
  const { versionId } = await put(
    resources,
    bucket,
    {
      key: input.Key,
      size,
      etag,
      lastModifiedMs,
      meta: JSON.stringify(full),
      tags: JSON.stringify(tags),
      content: received.content,
      ...condition,
    },
    { name, ctx },
  );
  return {
    ETag: quoted(etag),
    ...checksumOutput(full.checksum),
    ...encryptionOutput(full),
    ...versionOutput(bucket, versionId),
    ...expirationOutput(bucket.settings.lifecycle, { key: input.Key, size, tags, lastModifiedMs }),
  };
}

/** What is known of bytes that are a whole object. */
function withChecksum(meta: ObjectMeta, { checksum }: Pick<Received, "checksum">): ObjectMeta {
  const kept: Checksum | undefined = checksum && { ...checksum, type: "FULL_OBJECT" };
  return { ...meta, ...(kept && { checksum: kept }) };
}

/** Buckets' owners own all in them; ACLs are off. https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
export function checkAcl(acl: string | undefined): void {
  if (acl !== undefined && acl !== "bucket-owner-full-control" && acl !== "private") throw aclNotSupported();
}
