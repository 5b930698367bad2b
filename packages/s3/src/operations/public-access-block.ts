import { Fault, type InputOf } from "@mayfly/kernel";
import { changeSetting, removes, tells } from "../buckets/configuration.ts";
import { onBucket } from "../iam-rules.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export const putPublicAccessBlock: S3Operation<"PutPublicAccessBlock"> = {
  iam: onBucket<InputOf<"s3", "PutPublicAccessBlock">>("s3:PutBucketPublicAccessBlock"),
  run: (resources, _ctx, { PublicAccessBlockConfiguration: wanted, ...input }) =>
    changeSetting(resources, input, () => ({
      publicAccessBlock: {
        BlockPublicAcls: wanted.BlockPublicAcls ?? false,
        IgnorePublicAcls: wanted.IgnorePublicAcls ?? false,
        BlockPublicPolicy: wanted.BlockPublicPolicy ?? false,
        RestrictPublicBuckets: wanted.RestrictPublicBuckets ?? false,
      },
    })),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html */
export const getPublicAccessBlock = tells<"GetPublicAccessBlock">("s3:GetBucketPublicAccessBlock", ({ name, settings }) => {
  if (settings.publicAccessBlock === undefined)
    throw new Fault("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found", {
      status: 404,
      members: { BucketName: name },
    });
  return { PublicAccessBlockConfiguration: settings.publicAccessBlock };
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeletePublicAccessBlock.html */
export const deletePublicAccessBlock = removes<"DeletePublicAccessBlock">("s3:PutBucketPublicAccessBlock", "publicAccessBlock");
