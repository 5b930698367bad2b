import type { InputOf } from "@mayfly/kernel";
import { changeSetting, removes, tells } from "../buckets/configuration.ts";
import { malformedXml } from "../faults.ts";
import { onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html: kept and told; nothing is encrypted by it */
export const putBucketEncryption: S3Operation<"PutBucketEncryption"> = {
  iam: onBucket<InputOf<"s3", "PutBucketEncryption">>("s3:PutEncryptionConfiguration"),
  run(resources, _ctx, input) {
    const encryption = input.ServerSideEncryptionConfiguration;
    const [rule, more] = encryption.Rules ?? [];
    if (rule?.ApplyServerSideEncryptionByDefault === undefined || more !== undefined) throw malformedXml();
    return changeSetting(resources, input, () => ({ encryption }));
  },
};

/** Since January 2023 every bucket has this. */
const usual = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const }, BucketKeyEnabled: false }] };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html */
export const getBucketEncryption = tells<"GetBucketEncryption">(
  "s3:GetEncryptionConfiguration",
  ({ settings: { encryption = usual } }) => ({
    ServerSideEncryptionConfiguration: encryption,
  }),
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html */
export const deleteBucketEncryption = removes<"DeleteBucketEncryption">("s3:PutEncryptionConfiguration", "encryption");
