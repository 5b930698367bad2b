import type { ObjectContent } from "@mayfly/db";
import { isFault, type RequestContext } from "@mayfly/kernel";
import type { Bucket } from "../buckets/bucket.ts";
import { invalidArgument, invalidRequest, operationAborted } from "../faults.ts";
import { authorizeObject, bucketOf, existingTags } from "../iam-rules.ts";
import type { S3Resources } from "../resources.ts";
import { checkSourceConditions } from "./conditions.ts";
import { readObject, type FoundObject } from "./versions.ts";

/** What Copy operations say of their source. */
export interface CopySourceInput {
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

/** An object that is to be copied. */
export interface CopySource {
  readonly bucket: Bucket;
  readonly object: FoundObject & { readonly content: ObjectContent };
  /** The version that the request names. */
  readonly namedVersionId: string | undefined;
}

/** `/BUCKET/KEY?versionId=ID`, encoded. @throws Fault InvalidArgument */
function readCopySource(header: string): { readonly Bucket: string; readonly Key: string; readonly VersionId?: string } {
  const [path = "", version] = header.split("?versionId=");
  const refuse = () =>
    invalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey", "x-amz-copy-source", header);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path.replace(/^\//, ""));
  } catch {
    throw refuse();
  }
  const slash = decoded.indexOf("/");
  if (slash < 1 || slash === decoded.length - 1) throw refuse();
  return { Bucket: decoded.slice(0, slash), Key: decoded.slice(slash + 1), ...(version !== undefined && { VersionId: version }) };
}

/** Finds what is to be copied, if the caller may read it and the conditions hold. @throws Fault */
export async function openCopySource(resources: S3Resources, ctx: RequestContext, input: CopySourceInput): Promise<CopySource> {
  const named = readCopySource(input.CopySource);
  const bucket = bucketOf(resources, { Bucket: named.Bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner });
  const action = named.VersionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
  await authorizeObject(ctx, bucket, action, named.Key, existingTags(resources, bucket, named));
  const object = await readObject(resources, ctx, bucket, named).catch((error: unknown) => {
    throw isFault(error) && error.code === "MethodNotAllowed" ? ofDeleteMarker() : error;
  });
  checkSourceConditions(object, {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
  return { bucket, object, namedVersionId: named.VersionId };
}

const ofDeleteMarker = () => invalidRequest("The source of a copy request may not specifically refer to a delete marker by version id.");

/**
 * Who copies an object's tags reads them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-managing.html
 * @throws AccessDenied
 */
export async function authorizeTagCopy(resources: S3Resources, ctx: RequestContext, source: CopySource): Promise<void> {
  const { bucket, object, namedVersionId: VersionId } = source;
  if (object.tags === "{}") return;
  const action = VersionId === undefined ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging";
  await authorizeObject(ctx, bucket, action, object.key, existingTags(resources, bucket, { Key: object.key, VersionId }));
}

/** The source's bytes `from` to `to`, the latter exclusive. @throws Fault OperationAborted if they are gone */
export async function sourceBytes(
  { files }: Pick<S3Resources, "files">,
  content: ObjectContent,
  from: number,
  to: number,
): Promise<AsyncIterable<Buffer>> {
  if ("inline" in content) return once(Buffer.from(content.inline.subarray(from, to)));
  const bytes = await files.read(content.segments, from, to);
  if (bytes === undefined) throw operationAborted();
  return bytes as AsyncIterable<Buffer>;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
}
