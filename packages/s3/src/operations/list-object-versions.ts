import type { InputOf } from "@mayfly/kernel";
import { canonicalId } from "../buckets/bucket.ts";
import { invalidArgument } from "../faults.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import { commonPrefixes, encoderOf, listedObject, listKeys, pageCountOf } from "../objects/listing.ts";
import { checkVersionId } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions: S3Operation<"ListObjectVersions"> = {
  iam: onBucket<InputOf<"s3", "ListObjectVersions">>("s3:ListBucketVersions", listKeys),
  async run(resources, _ctx, input) {
    const bucket = bucketOf(resources, input);
    const { Prefix: prefix = "", Delimiter: delimiter = "", KeyMarker = "", EncodingType } = input;
    const VersionIdMarker = input.VersionIdMarker || undefined;
    if (VersionIdMarker !== undefined && KeyMarker === "")
      throw invalidArgument("A version-id marker cannot be specified without a key marker.", "version-id-marker", VersionIdMarker);
    checkVersionId(VersionIdMarker, "version-id-marker");
    const encode = encoderOf(EncodingType);
    const count = pageCountOf(input.MaxKeys);
    const query = { prefix, delimiter, after: KeyMarker, afterVersionId: VersionIdMarker, count };
    const { items, prefixes, isTruncated, last } = await resources.db.objects.listVersions(bucket.id, query);
    const Owner = { ID: canonicalId(bucket.accountId) };
    const lastItem = items.at(-1);
    const versions = items.filter(({ isDeleteMarker }) => !isDeleteMarker);
    const markers = items.filter(({ isDeleteMarker }) => isDeleteMarker);
    return {
      Name: bucket.name,
      Prefix: encode(prefix),
      KeyMarker: encode(KeyMarker),
      VersionIdMarker: VersionIdMarker ?? "",
      MaxKeys: count,
      IsTruncated: isTruncated && count > 0,
      ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
      ...(EncodingType !== undefined && { EncodingType }),
      ...(isTruncated &&
        count > 0 && { NextKeyMarker: encode(last), ...(lastItem?.key === last && { NextVersionIdMarker: lastItem.versionId }) }),
      ...(versions.length > 0 && {
        Versions: versions.map((item) => ({ ...listedObject(item, encode), VersionId: item.versionId, IsLatest: item.isLatest, Owner })),
      }),
      ...(markers.length > 0 && {
        DeleteMarkers: markers.map(({ key, versionId, isLatest, lastModifiedMs }) => ({
          Key: encode(key),
          VersionId: versionId,
          IsLatest: isLatest,
          LastModified: new Date(lastModifiedMs),
          Owner,
        })),
      }),
      ...commonPrefixes(prefixes, encode),
    };
  },
};
