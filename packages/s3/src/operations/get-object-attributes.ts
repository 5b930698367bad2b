import type { InputOf } from "@mayfly/kernel";
import { invalidArgument } from "../faults.ts";
import { authorizeObject, bucketOf, existingTags, onObject } from "../iam-rules.ts";
import { checksumMember } from "../objects/checksums.ts";
import { pageCountOf } from "../objects/listing.ts";
import { findObject, versionOutput, type FoundObject } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";

type Input = InputOf<"s3", "GetObjectAttributes">;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes: S3Operation<"GetObjectAttributes"> = {
  iam: onObject<Input>("s3:GetObject", { ofVersion: "s3:GetObjectVersion", readsTags: true }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    const wanted: ReadonlySet<string> = new Set(input.ObjectAttributes);
    const unknown = [...wanted].find((name) => !attributes.has(name));
    if (wanted.size === 0 || unknown !== undefined)
      throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", unknown);
    const action = input.VersionId === undefined ? "s3:GetObjectAttributes" : "s3:GetObjectVersionAttributes";
    await authorizeObject(ctx, bucket, action, input.Key, existingTags(resources, bucket, input));
    const object = await findObject(resources, ctx, bucket, input);
    const { checksum, storageClass, parts } = object.meta;
    return {
      LastModified: new Date(object.lastModifiedMs),
      ...versionOutput(bucket, object.versionId),
      ...(wanted.has("ETag") && { ETag: object.etag }),
      ...(wanted.has("ObjectSize") && { ObjectSize: object.size }),
      ...(wanted.has("StorageClass") && { StorageClass: (storageClass ?? "STANDARD") as "STANDARD" }),
      ...(wanted.has("Checksum") &&
        checksum && {
          Checksum: { [checksumMember(checksum.algorithm)]: checksum.value.replace(/-\d+$/, ""), ChecksumType: checksum.type },
        }),
      ...(wanted.has("ObjectParts") && parts !== undefined && { ObjectParts: partsOf(object, input) }),
    };
  },
};

const attributes: ReadonlySet<string> = new Set(["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"]);

function partsOf({ meta: { parts = [], checksum } }: FoundObject, { MaxParts, PartNumberMarker }: Input) {
  const count = pageCountOf(MaxParts, "max-parts");
  const after = Number(PartNumberMarker ?? 0) || 0;
  const rest = parts.filter(({ number }) => number > after);
  const page = rest.slice(0, count);
  return {
    TotalPartsCount: parts.length,
    // Parts that have no checksums are counted only.
    ...(checksum !== undefined &&
      parts.some((part) => part.checksum !== undefined) && {
        PartNumberMarker: String(after),
        NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
        MaxParts: count,
        IsTruncated: rest.length > page.length,
        Parts: page.map((part) => ({ PartNumber: part.number, Size: part.size, [checksumMember(checksum.algorithm)]: part.checksum })),
      }),
  };
}
