import { bucketArn } from "../buckets/bucket.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket: S3Operation<"HeadBucket"> = {
  iam: onBucket("s3:ListBucket"),
  run(resources, _ctx, input) {
    const { name, region } = bucketOf(resources, input);
    return { BucketRegion: region, BucketArn: bucketArn(name), AccessPointAlias: false };
  },
};
