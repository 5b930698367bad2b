import type { InputOf } from "@mayfly/kernel";
import { canonicalId } from "../buckets/bucket.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import { commonPrefixes, encoderOf, listedObject, listKeys, pageCountOf } from "../objects/listing.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects: S3Operation<"ListObjects"> = {
  iam: onBucket<InputOf<"s3", "ListObjects">>("s3:ListBucket", listKeys),
  async run(resources, _ctx, input) {
    const bucket = bucketOf(resources, input);
    const { Prefix: prefix = "", Delimiter: delimiter = "", Marker = "", EncodingType } = input;
    const encode = encoderOf(EncodingType);
    const count = pageCountOf(input.MaxKeys);
    const { items, prefixes, isTruncated, last } = await resources.db.objects.list(bucket.id, { prefix, delimiter, after: Marker, count });
    const Owner = { ID: canonicalId(bucket.accountId) };
    return {
      Name: bucket.name,
      Prefix: encode(prefix),
      Marker: encode(Marker),
      MaxKeys: count,
      IsTruncated: isTruncated && count > 0,
      ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
      ...(EncodingType !== undefined && { EncodingType }),
      // Without a delimiter the last key is the marker.
      ...(isTruncated && count > 0 && delimiter !== "" && { NextMarker: encode(last) }),
      ...(items.length > 0 && { Contents: items.map((item) => ({ ...listedObject(item, encode), Owner })) }),
      ...commonPrefixes(prefixes, encode),
    };
  },
};
