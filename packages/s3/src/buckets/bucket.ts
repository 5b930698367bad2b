import type { PolicyDocument } from "@mayfly/kernel";
import type { CORSRule, LifecycleRule, PublicAccessBlockConfiguration, ServerSideEncryptionConfiguration } from "@mayfly/wire/s3";

import type { Notification } from "../notifications/notification.ts";

/** What is set of a bucket, as its Put operations have it. */
export interface BucketSettings {
  readonly policy?: string;
  readonly publicAccessBlock?: PublicAccessBlockConfiguration;
  readonly ownership?: string;
  readonly cors?: readonly CORSRule[];
  readonly lifecycle?: readonly LifecycleRule[];
  readonly encryption?: ServerSideEncryptionConfiguration;
  readonly tags?: Readonly<Record<string, string>>;
  readonly notifications?: readonly Notification[];
}

/** A bucket as it is kept: immutable, replaced when it changes. */
export interface Bucket {
  readonly id: number;
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly createdAtMs: number;
  readonly versioning: "" | "Enabled" | "Suspended";
  readonly settings: BucketSettings;
  readonly policy: PolicyDocument | undefined;
}

export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function isBucketName(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !/^(xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
}

/** S3's canonical id of an account; here it is made of its number. */
export const canonicalId = (accountId: string): string => accountId.padStart(64, "0");
