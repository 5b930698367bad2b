import type { InputOf } from "@mayfly/kernel";
import { malformedXml, notImplemented } from "../faults.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning: S3Operation<"PutBucketVersioning"> = {
  iam: onBucket<InputOf<"s3", "PutBucketVersioning">>("s3:PutBucketVersioning"),
  run(resources, _ctx, input) {
    const { Status, MFADelete } = input.VersioningConfiguration;
    if (MFADelete === "Enabled") throw notImplemented("x-amz-mfa");
    if (Status === undefined) throw malformedXml();
    return resources.lock.run(input.Bucket, async () => {
      await resources.buckets.change(bucketOf(resources, input), { versioning: Status });
      return {};
    });
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning: S3Operation<"GetBucketVersioning"> = {
  iam: onBucket<InputOf<"s3", "GetBucketVersioning">>("s3:GetBucketVersioning"),
  run(resources, _ctx, input) {
    const { versioning } = bucketOf(resources, input);
    return versioning === "" ? {} : { Status: versioning };
  },
};
