import type { InputOf } from "@mayfly/kernel";
import { canonicalId } from "../buckets/bucket.ts";
import { bucketOf, onObject } from "../iam-rules.ts";
import { checksumMember } from "../objects/checksums.ts";
import { pageCountOf } from "../objects/listing.ts";
import { partChecksum, uploadOf } from "../objects/multipart.ts";
import { quoted } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: S3Operation<"ListParts"> = {
  iam: onObject<InputOf<"s3", "ListParts">>("s3:ListMultipartUploadParts"),
  async run(resources, _ctx, input) {
    const bucket = bucketOf(resources, input);
    const upload = await uploadOf(resources, bucket, input);
    const count = pageCountOf(input.MaxParts, "max-parts");
    const after = Number(input.PartNumberMarker ?? 0) || 0;
    const found = await resources.db.objects.parts(upload.id, after, count + 1);
    const page = found.slice(0, count);
    const { checksum, object } = upload.meta;
    const owner = { ID: canonicalId(bucket.accountId) };
    return {
      Bucket: bucket.name,
      Key: input.Key,
      UploadId: upload.id,
      PartNumberMarker: String(after),
      NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
      MaxParts: count,
      IsTruncated: found.length > page.length && count > 0,
      ...(page.length > 0 && {
        Parts: page.map((part) => ({
          PartNumber: part.number,
          LastModified: new Date(part.lastModifiedMs),
          ETag: quoted(part.etag),
          Size: part.size,
          ...(checksum && { [checksumMember(checksum.algorithm)]: partChecksum(part) }),
        })),
      }),
      Initiator: owner,
      Owner: owner,
      StorageClass: (object.storageClass ?? "STANDARD") as "STANDARD",
      ...(checksum && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    };
  },
};
