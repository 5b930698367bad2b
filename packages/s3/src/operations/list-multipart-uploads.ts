import type { InputOf } from "@mayfly/kernel";
import { canonicalId } from "../buckets/bucket.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import { commonPrefixes, encoderOf, pageCountOf } from "../objects/listing.ts";
import type { UploadMeta } from "../objects/multipart.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: S3Operation<"ListMultipartUploads"> = {
  iam: onBucket<InputOf<"s3", "ListMultipartUploads">>("s3:ListBucketMultipartUploads"),
  async run(resources, _ctx, input) {
    const bucket = bucketOf(resources, input);
    const { Prefix: prefix = "", Delimiter: delimiter = "", KeyMarker = "", EncodingType } = input;
    const encode = encoderOf(EncodingType);
    const count = pageCountOf(input.MaxUploads, "max-uploads");
    // Without a key the upload's id is ignored.
    const afterUploadId = KeyMarker === "" ? "" : (input.UploadIdMarker ?? "");
    const query = { prefix, delimiter, after: KeyMarker, afterUploadId, count };
    const { items, prefixes, isTruncated, last } = await resources.db.objects.listUploads(bucket.id, query);
    const owner = { ID: canonicalId(bucket.accountId) };
    const lastItem = items.at(-1);
    return {
      Bucket: bucket.name,
      KeyMarker: encode(KeyMarker),
      UploadIdMarker: afterUploadId,
      Prefix: encode(prefix),
      ...(delimiter !== "" && { Delimiter: encode(delimiter) }),
      ...(EncodingType !== undefined && { EncodingType }),
      MaxUploads: count,
      IsTruncated: isTruncated && count > 0,
      NextKeyMarker: isTruncated ? encode(last) : "",
      NextUploadIdMarker: isTruncated && lastItem?.key === last ? lastItem.id : "",
      ...(items.length > 0 && {
        Uploads: items.map(({ key, id, startedAtMs, meta }) => {
          const { object, checksum } = JSON.parse(meta) as UploadMeta;
          return {
            Key: encode(key),
            UploadId: id,
            Initiated: new Date(startedAtMs),
            Initiator: owner,
            Owner: owner,
            StorageClass: (object.storageClass ?? "STANDARD") as "STANDARD",
            ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
          };
        }),
      }),
      ...commonPrefixes(prefixes, encode),
    };
  },
};
