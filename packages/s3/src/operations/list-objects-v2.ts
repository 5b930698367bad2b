import { decodePageToken, encodePageToken, type InputOf } from "@mayfly/kernel";
import { canonicalId } from "../buckets/bucket.ts";
import { invalidArgument } from "../faults.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import { commonPrefixes, encoderOf, listedObject, listKeys, pageCountOf } from "../objects/listing.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2: S3Operation<"ListObjectsV2"> = {
  iam: onBucket<InputOf<"s3", "ListObjectsV2">>("s3:ListBucket", listKeys),
  async run(resources, _ctx, input) {
    const bucket = bucketOf(resources, input);
    const { Prefix: prefix = "", Delimiter: delimiter = "", StartAfter, ContinuationToken, EncodingType } = input;
    const encode = encoderOf(EncodingType);
    const count = pageCountOf(input.MaxKeys);
    const token = ContinuationToken === undefined ? undefined : decodePageToken("ListObjectsV2", ContinuationToken);
    if (ContinuationToken !== undefined && token === undefined)
      throw invalidArgument("The continuation token provided is incorrect", "continuation-token");
    const query = { prefix, delimiter, after: token ?? StartAfter ?? "", count };
    const { items, prefixes, isTruncated, last } = await resources.db.objects.list(bucket.id, query);
    const Owner = input.FetchOwner && { Owner: { ID: canonicalId(bucket.accountId) } };
    return {
      Name: bucket.name,
      Prefix: encode(prefix),
      MaxKeys: count,
      KeyCount: items.length + prefixes.length,
      IsTruncated: isTruncated && count > 0,
      ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
      ...(EncodingType !== undefined && { EncodingType }),
      ...(StartAfter !== undefined && { StartAfter: encode(StartAfter) }),
      ...(ContinuationToken !== undefined && { ContinuationToken }),
      ...(isTruncated && count > 0 && { NextContinuationToken: encodePageToken("ListObjectsV2", last) }),
      ...(items.length > 0 && { Contents: items.map((item) => ({ ...listedObject(item, encode), ...Owner })) }),
      ...commonPrefixes(prefixes, encode),
    };
  },
};
