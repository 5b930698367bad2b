import type { Checked, InputOf, OutputOf, RequestContext } from "@mayfly/kernel";
import type { ObjectContent } from "@mayfly/db";
import type { Bucket } from "../buckets/bucket.ts";
import { expirationOutput } from "../buckets/lifecycle.ts";
import { invalidArgument, invalidRequest } from "../faults.ts";
import { authorizeObject, bucketOf, keyOf, onObject } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checksumMember, isChecksumAlgorithm, type Checksum, type ChecksumAlgorithm } from "../objects/checksums.ts";
import { authorizeTagCopy, openCopySource, sourceBytes, type CopySource } from "../objects/copy-source.ts";
import { lookAnew } from "../objects/look-anew.ts";
import { checkKey, encryptionOutput, metaOf, type ObjectMeta } from "../objects/meta.ts";
import { putObject, writeCondition } from "../objects/put.ts";
import { inlineBytes, takeIn } from "../objects/receive.ts";
import { quoted, versionOutput } from "../objects/versions.ts";
import type { S3Operation, S3Resources } from "../resources.ts";
import { readTagHeader, type Tags } from "../tags.ts";
import { checkAcl, putObjectKeys } from "./put-object.ts";

type Input = InputOf<"s3", "CopyObject">;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject: S3Operation<"CopyObject"> = {
  iam: onObject<Input>("s3:PutObject", {
    keys: (input) => ({
      ...putObjectKeys(input),
      ...keyOf("s3:x-amz-copy-source", input.CopySource),
      ...keyOf("s3:x-amz-metadata-directive", input.MetadataDirective),
    }),
  }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    checkKey(input.Key);
    checkAcl(input.ACL);
    const directive = directiveOf("x-amz-metadata-directive", input.MetadataDirective);
    const tagging = directiveOf("x-amz-tagging-directive", input.TaggingDirective);
    const given = metaOf(input);
    return lookAnew(() => copyOnce(resources, ctx, input, { bucket, directive, tagging, given }));
  },
};

/** What a request says of the copy. */
interface Wanted {
  readonly bucket: Bucket;
  readonly directive: Directive;
  readonly tagging: Directive;
  readonly given: ObjectMeta;
}

async function copyOnce(
  resources: S3Resources,
  ctx: RequestContext,
  input: Checked<Input>,
  { bucket, directive, tagging, given }: Wanted,
): Promise<OutputOf<"s3", "CopyObject">> {
  const source = await openCopySource(resources, ctx, input);
  checkChanges(input, source, { bucketId: bucket.id, directive });
  if (tagging === "COPY") await authorizeTagCopy(resources, ctx, source);
  const tags = tagging === "REPLACE" ? JSON.stringify(readTagHeader(input.Tagging)) : source.object.tags;
  if (tags !== "{}") await authorizeObject(ctx, bucket, "s3:PutObjectTagging", input.Key);
  const copied = await copyBytes(resources, source, checksumOf(input.ChecksumAlgorithm));
  const described = directive === "REPLACE" ? given : { ...whatIsCopied(source.object.meta), ...whatIsTheCopys(given) };
  const meta: ObjectMeta = { ...described, ...(copied.checksum && { checksum: copied.checksum }) };
  const lastModifiedMs = Math.floor(resources.clock.now() / 1000) * 1000;
  const { versionId } = await putObject(
    resources,
    bucket,
    {
      key: input.Key,
      size: source.object.size,
      etag: copied.etag,
      lastModifiedMs,
      meta: JSON.stringify(meta),
      tags,
      content: copied.content,
      isShared: copied.isShared,
      ...writeCondition(input),
    },
    { name: "ObjectCreated:Copy", ctx },
  );
  return {
    CopyObjectResult: {
      LastModified: new Date(lastModifiedMs),
      ETag: quoted(copied.etag),
      ...(meta.checksum && { [checksumMember(meta.checksum.algorithm)]: meta.checksum.value, ChecksumType: meta.checksum.type }),
    },
    ...encryptionOutput(meta),
    ...versionOutput(bucket, versionId),
    ...expirationOutput(bucket.settings.lifecycle, {
      key: input.Key,
      size: source.object.size,
      tags: JSON.parse(tags) as Tags,
      lastModifiedMs,
    }),
    ...(source.bucket.versioning !== "" && { CopySourceVersionId: source.object.versionId }),
  };
}

const whatIsCopied = ({
  checksum: _checksum,
  parts: _parts,
  storageClass: _class,
  encryption: _encryption,
  kmsKeyId: _kms,
  WebsiteRedirectLocation: _redirect,
  ...rest
}: ObjectMeta): ObjectMeta => rest;
const whatIsTheCopys = ({ storageClass, encryption, kmsKeyId, WebsiteRedirectLocation }: ObjectMeta): ObjectMeta => ({
  ...(storageClass !== undefined && { storageClass }),
  ...(encryption !== undefined && { encryption }),
  ...(kmsKeyId !== undefined && { kmsKeyId }),
  ...(WebsiteRedirectLocation !== undefined && { WebsiteRedirectLocation }),
});

type Directive = "COPY" | "REPLACE";

function directiveOf(name: string, value: string = "COPY"): Directive {
  if (value !== "COPY" && value !== "REPLACE")
    throw invalidArgument(`Unknown ${name === "x-amz-tagging-directive" ? "tagging" : "metadata"} directive.`, name, value);
  return value;
}

function checksumOf(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined || isChecksumAlgorithm(name)) return name;
  throw invalidRequest(
    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
  );
}

interface Target {
  readonly bucketId: number;
  readonly directive: Directive;
}

/** An object can be copied onto itself only if something of it changes. @throws Fault InvalidRequest */
function checkChanges(input: Input, { bucket, object }: CopySource, { bucketId, directive }: Target): void {
  if (object.size > limits.putBytes)
    throw invalidRequest(`The specified copy source is larger than the maximum allowable size for a copy source: ${limits.putBytes}`);
  const isSelf = bucket.id === bucketId && object.key === input.Key && !(input.CopySource ?? "").includes("?versionId=");
  const { StorageClass, ServerSideEncryption, WebsiteRedirectLocation, ChecksumAlgorithm: algorithm } = input;
  const changed: unknown = StorageClass ?? ServerSideEncryption ?? WebsiteRedirectLocation ?? algorithm;
  if (isSelf && directive === "COPY" && changed === undefined)
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
}

interface Copied {
  readonly content: ObjectContent;
  readonly etag: string;
  readonly checksum: Checksum | undefined;
  readonly isShared: boolean;
}

/** The same files are the copy's, too; they are read only if something is not known of them: the copy of an object in parts is one part. */
async function copyBytes(resources: S3Resources, { object }: CopySource, wanted: ChecksumAlgorithm | undefined): Promise<Copied> {
  const { content, etag, meta, size } = object;
  const isKnown = meta.parts === undefined && meta.checksum !== undefined && (wanted === undefined || wanted === meta.checksum.algorithm);
  if (isKnown) return { content, etag, checksum: meta.checksum, isShared: true };
  const algorithm = wanted ?? meta.checksum?.algorithm ?? "CRC64NVME";
  const bytes = await sourceBytes(resources, content, 0, size);
  const taken = await takeIn(resources, bytes, { checksum: algorithm, inlineBytes, maxBytes: limits.putBytes });
  return {
    content: taken.content,
    etag: taken.md5.toString("hex"),
    checksum: taken.checksum && { ...taken.checksum, type: "FULL_OBJECT" },
    isShared: false,
  };
}
