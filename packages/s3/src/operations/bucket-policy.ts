import { Fault, type InputOf } from "@mayfly/kernel";
import { changeSetting, removes, tells } from "../buckets/configuration.ts";
import type { Bucket } from "../buckets/bucket.ts";
import { isPublic, readBucketPolicy } from "../buckets/policy.ts";
import { accessDenied } from "../faults.ts";
import { onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

const noSuchPolicy = ({ name }: Bucket): Fault =>
  new Fault("NoSuchBucketPolicy", "The bucket policy does not exist", { status: 404, members: { BucketName: name } });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy: S3Operation<"PutBucketPolicy"> = {
  iam: onBucket<InputOf<"s3", "PutBucketPolicy">>("s3:PutBucketPolicy"),
  run: (resources, ctx, input) =>
    changeSetting(resources, input, ({ name, settings }) => {
      const policy = readBucketPolicy(resources, name, input.Policy);
      if (settings.publicAccessBlock?.BlockPublicPolicy && isPublic(policy))
        throw accessDenied(
          `User: ${ctx.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${name}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
        );
      return { policy: input.Policy };
    }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy = tells<"GetBucketPolicy">("s3:GetBucketPolicy", (bucket) => {
  if (bucket.settings.policy === undefined) throw noSuchPolicy(bucket);
  return { Policy: bucket.settings.policy };
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy = removes<"DeleteBucketPolicy">("s3:DeleteBucketPolicy", "policy");

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus = tells<"GetBucketPolicyStatus">("s3:GetBucketPolicyStatus", (bucket) => {
  if (bucket.policy === undefined) throw noSuchPolicy(bucket);
  return { PolicyStatus: { IsPublic: isPublic(bucket.policy) } };
});
