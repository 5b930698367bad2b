import type { BucketLocationConstraint } from "@mayfly/wire/s3";
import { bucketOf, onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html: nothing is us-east-1 */
export const getBucketLocation: S3Operation<"GetBucketLocation"> = {
  iam: onBucket("s3:GetBucketLocation"),
  run(resources, _ctx, input) {
    const { region } = bucketOf(resources, input);
    return { LocationConstraint: (region === "us-east-1" ? "" : region) as BucketLocationConstraint };
  },
};
