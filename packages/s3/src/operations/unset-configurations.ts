import { Fault } from "@mayfly/kernel";
import type { Bucket } from "../buckets/bucket.ts";
import { tells } from "../buckets/configuration.ts";

/** What can't be set here is told as what was never set, as AWS does: tools read it all. */
const lacks =
  (code: string, message: string) =>
  ({ name }: Bucket): never => {
    throw new Fault(code, message, { status: 404, members: { BucketName: name } });
  };

export const getBucketAccelerateConfiguration = tells<"GetBucketAccelerateConfiguration">("s3:GetAccelerateConfiguration", () => ({}));
export const getBucketLogging = tells<"GetBucketLogging">("s3:GetBucketLogging", () => ({}));
export const getBucketRequestPayment = tells<"GetBucketRequestPayment">("s3:GetBucketRequestPayment", () => ({
  Payer: "BucketOwner" as const,
}));
export const getBucketWebsite = tells<"GetBucketWebsite">(
  "s3:GetBucketWebsite",
  lacks("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
);
export const getBucketReplication = tells<"GetBucketReplication">(
  "s3:GetReplicationConfiguration",
  lacks("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
);
export const getObjectLockConfiguration = tells<"GetObjectLockConfiguration">(
  "s3:GetBucketObjectLockConfiguration",
  lacks("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
);
