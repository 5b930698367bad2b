import { Fault, type InputOf } from "@mayfly/kernel";
import { canonicalId, type Bucket } from "../buckets/bucket.ts";
import { changeSetting, removes, tells } from "../buckets/configuration.ts";
import { aclNotSupported, notImplemented } from "../faults.ts";
import { bucketOf, onBucket, onObject } from "../iam-rules.ts";
import { findObject } from "../objects/versions.ts";
import type { S3Operation } from "../resources.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html: owners own all; ACLs that grant anything are not there */
export const putBucketOwnershipControls: S3Operation<"PutBucketOwnershipControls"> = {
  iam: onBucket<InputOf<"s3", "PutBucketOwnershipControls">>("s3:PutBucketOwnershipControls"),
  run(resources, _ctx, input) {
    const ownership: string | undefined = input.OwnershipControls.Rules?.[0]?.ObjectOwnership;
    if (ownership !== "BucketOwnerEnforced") throw notImplemented("x-amz-object-ownership");
    return changeSetting(resources, input, () => ({ ownership }));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html */
export const getBucketOwnershipControls = tells<"GetBucketOwnershipControls">("s3:GetBucketOwnershipControls", ({ name, settings }) => {
  if (settings.ownership === undefined)
    throw new Fault("OwnershipControlsNotFoundError", "The bucket ownership controls were not found", {
      status: 404,
      members: { BucketName: name },
    });
  return { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] } };
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketOwnershipControls.html */
export const deleteBucketOwnershipControls = removes<"DeleteBucketOwnershipControls">("s3:PutBucketOwnershipControls", "ownership");

const ownersAcl = ({ accountId }: Bucket) => {
  const ID = canonicalId(accountId);
  return { Owner: { ID }, Grants: [{ Grantee: { Type: "CanonicalUser" as const, ID }, Permission: "FULL_CONTROL" as const }] };
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = tells<"GetBucketAcl">("s3:GetBucketAcl", ownersAcl);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl: S3Operation<"PutBucketAcl"> = {
  iam: onBucket<InputOf<"s3", "PutBucketAcl">>("s3:PutBucketAcl"),
  run(resources, _ctx, input) {
    bucketOf(resources, input);
    if (input.ACL !== "private") throw aclNotSupported();
    return {};
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl: S3Operation<"GetObjectAcl"> = {
  iam: onObject<InputOf<"s3", "GetObjectAcl">>("s3:GetObjectAcl", { ofVersion: "s3:GetObjectVersionAcl", readsTags: true }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    await findObject(resources, ctx, bucket, input);
    return ownersAcl(bucket);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl: S3Operation<"PutObjectAcl"> = {
  iam: onObject<InputOf<"s3", "PutObjectAcl">>("s3:PutObjectAcl", { ofVersion: "s3:PutObjectVersionAcl", readsTags: true }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    await findObject(resources, ctx, bucket, input);
    if (input.ACL !== "private" && input.ACL !== "bucket-owner-full-control") throw aclNotSupported();
    return {};
  },
};
