import { bucketNotEmpty } from "../faults.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket: S3Operation<"DeleteBucket"> = {
  iam: onBucket("s3:DeleteBucket"),
  run(resources, _ctx, input) {
    // Not while a setting changes, which would put it back among those in memory.
    return resources.lock.run(input.Bucket, async () => {
      const bucket = bucketOf(resources, input);
      const freed = await resources.buckets.remove(bucket);
      if (freed === undefined) throw bucketNotEmpty(bucket.name);
      resources.files.free(freed);
      return {};
    });
  },
};
