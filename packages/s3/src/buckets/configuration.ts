import type { OperationName, InputOf, OutputOf } from "@mayfly/kernel";
import { bucketOf, onBucket } from "../iam-rules.ts";
import type { S3Operation, S3Resources } from "../resources.ts";
import type { Bucket, BucketSettings } from "./bucket.ts";

interface NamesBucket {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

type BucketOperation = {
  [O in OperationName<"s3">]: InputOf<"s3", O> extends { Bucket: string | undefined } ? O : never;
}[OperationName<"s3">];

/** Changes one of a bucket's settings; undefined takes it away. */
export function changeSetting(
  resources: S3Resources,
  input: NamesBucket,
  change: (bucket: Bucket) => { readonly [K in keyof BucketSettings]?: BucketSettings[K] | undefined },
): Promise<Record<never, never>> {
  return resources.lock.run(input.Bucket, async () => {
    const bucket = bucketOf(resources, input);
    await resources.buckets.change(bucket, { settings: { ...bucket.settings, ...change(bucket) } });
    return {};
  });
}

/** A row that takes a setting away. */
export const removes = <O extends BucketOperation>(action: `s3:${string}`, setting: keyof BucketSettings) =>
  ({
    iam: onBucket(action),
    run: (resources: S3Resources, _ctx: unknown, input: NamesBucket) => changeSetting(resources, input, () => ({ [setting]: undefined })),
  }) as unknown as S3Operation<O>;

/** A row that tells a setting. */
export const tells = <O extends BucketOperation>(action: `s3:${string}`, tell: (bucket: Bucket) => OutputOf<"s3", O>) =>
  ({
    iam: onBucket(action),
    run: (resources: S3Resources, _ctx: unknown, input: NamesBucket) => tell(bucketOf(resources, input)),
  }) as unknown as S3Operation<O>;
