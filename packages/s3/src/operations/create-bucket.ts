import {
  bucketAlreadyExists,
  bucketAlreadyOwnedByYou,
  invalidBucketName,
  invalidLocation,
  aclNotSupported,
  notImplemented,
} from "../faults.ts";
import { bucketArn, isBucketName, type BucketSettings } from "../buckets/bucket.ts";
import type { S3Operation } from "../resources.ts";
import { keyOf } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { readTags } from "../tags.ts";

/** Since April 2023 a new bucket shows nothing to the public. https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html */
const newSettings: BucketSettings = {
  publicAccessBlock: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  ownership: "BucketOwnerEnforced",
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const createBucket: S3Operation<"CreateBucket"> = {
  iam: {
    action: "s3:CreateBucket",
    resource: (_ctx, { Bucket }) => bucketArn(Bucket),
    conditionKeys: (_ctx, { CreateBucketConfiguration }) => keyOf("s3:LocationConstraint", CreateBucketConfiguration?.LocationConstraint),
  },
  async run({ buckets, clock }, { accountId, region }, input) {
    const { Bucket: name, CreateBucketConfiguration, ACL, ObjectOwnership, ObjectLockEnabledForBucket } = input;
    if (!isBucketName(name)) throw invalidBucketName(name);
    if (ACL !== undefined && ACL !== "private") throw aclNotSupported();
    if (ObjectLockEnabledForBucket) throw notImplemented("x-amz-bucket-object-lock-enabled");
    if (ObjectOwnership !== undefined && ObjectOwnership !== "BucketOwnerEnforced") throw notImplemented("x-amz-object-ownership");
    const location: string = CreateBucketConfiguration?.LocationConstraint ?? region;
    // `EU` is of S3's early days.
    const bucketRegion = location === "EU" ? "eu-west-1" : location;
    if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(bucketRegion)) throw invalidLocation(location);
    const tags = readTags(CreateBucketConfiguration?.Tags ?? [], limits.bucketTagCount);
    const settings = { ...newSettings, ...(Object.keys(tags).length > 0 && { tags }) };
    const existing = buckets.find(name);
    // In us-east-1 who has it is answered as if it were new.
    const isAgain = existing?.accountId === accountId && existing.region === "us-east-1" && bucketRegion === "us-east-1";
    const made = existing ?? (await buckets.create({ name, accountId, region: bucketRegion, createdAtMs: clock.now(), settings }));
    if (made === undefined || (existing !== undefined && !isAgain))
      throw existing?.accountId === accountId ? bucketAlreadyOwnedByYou(name) : bucketAlreadyExists(name);
    return { Location: `/${name}`, BucketArn: bucketArn(name) };
  },
};
