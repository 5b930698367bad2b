import { decodePageToken, encodePageToken, noConditionKeys } from "@mayfly/kernel";
import { bucketArn, canonicalId } from "../buckets/bucket.ts";
import { invalidArgument } from "../faults.ts";
import { limits } from "../limits.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export const listBuckets: S3Operation<"ListBuckets"> = {
  iam: { action: "s3:ListAllMyBuckets", resource: () => "arn:aws:s3:::*", conditionKeys: noConditionKeys },
  run({ buckets }, { accountId }, { MaxBuckets, ContinuationToken, Prefix = "", BucketRegion }) {
    const count = MaxBuckets ?? limits.bucketPageCount;
    if (!(count >= 1 && count <= limits.bucketPageCount))
      throw invalidArgument(
        `Argument max-buckets must be an integer between 1 and ${limits.bucketPageCount}`,
        "max-buckets",
        String(MaxBuckets),
      );
    const after = ContinuationToken === undefined ? "" : decodePageToken("ListBuckets", ContinuationToken);
    if (after === undefined) throw invalidArgument("The continuation token provided is incorrect", "continuation-token");
    const found = buckets
      .all()
      .filter(
        (bucket) =>
          bucket.accountId === accountId &&
          bucket.name > after &&
          bucket.name.startsWith(Prefix) &&
          (BucketRegion === undefined || bucket.region === BucketRegion),
      );
    const page = found.slice(0, count);
    const last = page.at(-1);
    return {
      Buckets: page.map(({ name, createdAtMs, region }) => ({
        Name: name,
        CreationDate: new Date(createdAtMs),
        BucketRegion: region,
        BucketArn: bucketArn(name),
      })),
      Owner: { ID: canonicalId(accountId) },
      ...(found.length > page.length && last !== undefined && { ContinuationToken: encodePageToken("ListBuckets", last.name) }),
      ...(Prefix !== "" && { Prefix }),
    };
  },
};
