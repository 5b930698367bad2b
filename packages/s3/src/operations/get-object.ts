import type { Readable } from "node:stream";
import type { InputOf, RequestContext } from "@mayfly/kernel";
import type { ObjectContent } from "@mayfly/db";
import { invalidArgument, invalidRequest, operationAborted } from "../faults.ts";
import { bucketOf, onObject } from "../iam-rules.ts";
import { checksumOutput, type Checksum } from "../objects/checksums.ts";
import { checkReadConditions } from "../objects/conditions.ts";
import { lookAnew } from "../objects/look-anew.ts";
import { metaOutput, type ObjectMeta } from "../objects/meta.ts";
import { rangeOf, type ByteRange } from "../objects/ranges.ts";
import { quoted, readObject, versionOutput, type FoundObject } from "../objects/versions.ts";
import type { Bucket } from "../buckets/bucket.ts";
import { expirationOutput } from "../buckets/lifecycle.ts";
import type { S3Operation, S3Resources } from "../resources.ts";
import type { Tags } from "../tags.ts";

type Input = Pick<
  InputOf<"s3", "GetObject">,
  | "ChecksumMode"
  | "ResponseCacheControl"
  | "ResponseContentDisposition"
  | "ResponseContentEncoding"
  | "ResponseContentLanguage"
  | "ResponseContentType"
  | "ResponseExpires"
>;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: S3Operation<"GetObject"> = {
  iam: onObject("s3:GetObject", { ofVersion: "s3:GetObjectVersion", readsTags: true }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    checkOverrides(ctx, input);
    if (input.Range !== undefined && input.PartNumber !== undefined)
      throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
    return lookAnew(async () => {
      const object = await readObject(resources, ctx, bucket, input);
      checkReadConditions(object, input);
      const range = rangeOf(object, input.Range, input.PartNumber);
      const Body = await bytesOf(resources, object.content, range);
      if (Body === undefined) throw operationAborted();
      return { Body, ...objectOutput(bucket, object, range, input) };
    });
  },
};

function bytesOf({ files }: S3Resources, content: ObjectContent, { from, to }: ByteRange): Promise<Readable | undefined> | Uint8Array {
  return "inline" in content ? content.inline.subarray(from, to) : files.read(content.segments, from, to);
}

/** What Get and Head answer of an object. */
export function objectOutput(
  bucket: Bucket,
  object: FoundObject,
  range: ByteRange,
  input: Input & { readonly PartNumber?: number | undefined; readonly VersionId?: string | undefined },
) {
  const { meta, size, etag, lastModifiedMs, versionId, key } = object;
  const tags = JSON.parse(object.tags) as Tags;
  const tagCount = Object.keys(tags).length;
  return {
    AcceptRanges: "bytes",
    LastModified: new Date(lastModifiedMs),
    ContentLength: range.to - range.from,
    ETag: quoted(etag),
    ...metaOutput(meta),
    ...overrides(input),
    ...versionOutput(bucket, versionId),
    // A version that is named need not be the current one.
    ...(input.VersionId === undefined && expirationOutput(bucket.settings.lifecycle, { key, size, tags, lastModifiedMs })),
    ...(range.isPart && { ContentRange: `bytes ${range.from}-${range.to - 1}/${size}`, StatusCode: 206 }),
    ...(input.PartNumber !== undefined && meta.parts !== undefined && { PartsCount: meta.parts.length }),
    ...(tagCount > 0 && { TagCount: tagCount }),
    ...(input.ChecksumMode?.toUpperCase() === "ENABLED" && checksumOutput(checksumOf(meta, range, input.PartNumber))),
  };
}

/** A checksum of the whole says nothing of a range; a part that was uploaded as one has its own. */
function checksumOf({ checksum, parts }: ObjectMeta, { isPart }: ByteRange, partNumber: number | undefined): Checksum | undefined {
  if (!isPart || (partNumber !== undefined && parts === undefined)) return checksum;
  const value = partNumber === undefined ? undefined : parts?.[partNumber - 1]?.checksum;
  return checksum && value ? { ...checksum, value } : undefined;
}

const overrides = (input: Input): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({
      CacheControl: input.ResponseCacheControl,
      ContentDisposition: input.ResponseContentDisposition,
      ContentEncoding: input.ResponseContentEncoding,
      ContentLanguage: input.ResponseContentLanguage,
      ContentType: input.ResponseContentType,
      Expires: input.ResponseExpires?.toUTCString(),
    }).filter(([, value]) => value !== undefined),
  );

/** Who is nobody can't have an answer say what he likes. @throws Fault InvalidRequest, InvalidArgument */
function checkOverrides({ principal }: RequestContext, input: Input): void {
  for (const [name, value] of Object.entries(overrides(input)))
    if (/[\u{100}-\u{10ffff}]/u.test(String(value)))
      throw invalidArgument(
        "Header value cannot be represented using ISO-8859-1.",
        `response${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
        String(value),
      );
  if (principal.kind === "anonymous" && Object.keys(overrides(input)).length > 0)
    throw invalidRequest("Request specific response headers cannot be used for anonymous GET requests.");
}
