import { Fault, type InputOf } from "@mayfly/kernel";
import { changeSetting, removes, tells } from "../buckets/configuration.ts";
import { onBucket } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import type { S3Operation } from "../resources.ts";
import { readTags, tagSet } from "../tags.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging: S3Operation<"PutBucketTagging"> = {
  iam: onBucket<InputOf<"s3", "PutBucketTagging">>("s3:PutBucketTagging"),
  run: (resources, _ctx, input) =>
    changeSetting(resources, input, () => ({ tags: readTags(input.Tagging.TagSet ?? [], limits.bucketTagCount) })),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging = tells<"GetBucketTagging">("s3:GetBucketTagging", ({ name, settings: { tags = {} } }) => {
  if (Object.keys(tags).length === 0)
    throw new Fault("NoSuchTagSet", "The TagSet does not exist", { status: 404, members: { BucketName: name } });
  return { TagSet: tagSet(tags) };
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketTagging.html */
export const deleteBucketTagging = removes<"DeleteBucketTagging">("s3:PutBucketTagging", "tags");
