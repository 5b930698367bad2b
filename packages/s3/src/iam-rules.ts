import type { ConditionKeys, CostlyKeys, IamRule, PolicyDocument, RequestContext } from "@mayfly/kernel";
import { isPublic } from "./buckets/policy.ts";
import { bucketArn, objectArn, type Bucket } from "./buckets/bucket.ts";
import { accessDenied } from "./faults.ts";
import type { S3Resources } from "./resources.ts";
import type { Tags } from "./tags.ts";

type Rule<Input> = IamRule<S3Resources, Input>;
type Keys<Input> = (input: Input) => ConditionKeys;

interface NamesBucket {
  readonly Bucket: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

interface NamesObject extends NamesBucket {
  readonly Key: string | undefined;
  readonly VersionId?: string | undefined;
}

const noMoreKeys = (): ConditionKeys => ({});

/**
 * The policy of a bucket, unless it is one for everybody and the bucket is restricted: then it is its own account's and AWS's services' alone.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
function policyFor({ principal }: RequestContext, bucket: Bucket | undefined): PolicyDocument | undefined {
  const isStranger = principal.kind === "anonymous" || (principal.kind !== "service" && principal.accountId !== bucket?.accountId);
  const isClosed = isStranger && bucket?.settings.publicAccessBlock?.RestrictPublicBuckets && isPublic(bucket.policy);
  return isClosed ? undefined : bucket?.policy;
}

/** A condition key with one value, if there is one. */
export const keyOf = (name: string, value: string | number | undefined): ConditionKeys =>
  value === undefined ? {} : { [name]: [String(value)] };

/** The bucket that a request names, if it is the one that the caller believes. @throws Fault NoSuchBucket, AccessDenied */
export function bucketOf({ buckets }: Pick<S3Resources, "buckets">, { Bucket, ExpectedBucketOwner }: NamesBucket): Bucket {
  const bucket = buckets.get(Bucket ?? "");
  if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.accountId) throw accessDenied();
  return bucket;
}

/**
 * The rule of an operation on a bucket. That there is none is told before any permission is asked for, as S3 does.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function onBucket<Input extends NamesBucket>(action: `s3:${string}`, moreKeys: Keys<Input> = noMoreKeys): Rule<Input> {
  return {
    action,
    resource: (_ctx, input, resources) => bucketArn(bucketOf(resources, input).name),
    resourceAccountId: (_ctx, { Bucket }, { buckets }) => buckets.find(Bucket ?? "")?.accountId,
    conditionKeys: (_ctx, input, { buckets }) => ({ ...ownerKey(buckets.find(input.Bucket ?? "")), ...moreKeys(input) }),
    resourcePolicy: (ctx, { Bucket }, { buckets }) => policyFor(ctx, buckets.find(Bucket ?? "")),
  };
}

/** The rule of an operation on an object, or on a version of it. */
export function onObject<Input extends NamesObject>(
  action: `s3:${string}`,
  {
    ofVersion,
    keys = noMoreKeys,
    readsTags = false,
  }: {
    readonly ofVersion?: `s3:${string}`;
    readonly keys?: Keys<Input>;
    /** Whether the object's tags may decide. */
    readonly readsTags?: boolean;
  } = {},
): Rule<Input> {
  return {
    ...onBucket<Input>(action),
    ...(ofVersion !== undefined && { actionOf: ({ VersionId }) => (VersionId === undefined ? action : ofVersion) }),
    resource: (_ctx, input, resources) => objectArn(bucketOf(resources, input).name, input.Key ?? ""),
    conditionKeys: (_ctx, input, resources) => ({
      ...ownerKey(resources.buckets.find(input.Bucket ?? "")),
      ...keyOf("s3:VersionId", input.VersionId),
      ...keys(input),
    }),
    ...(readsTags && {
      costlyKeys: (_ctx, { Bucket, ...named }, resources) => existingTags(resources, resources.buckets.find(Bucket ?? ""), named),
    }),
  };
}

const ownerKey = (bucket: Bucket | undefined): ConditionKeys => keyOf("s3:ResourceAccount", bucket?.accountId);

/**
 * The tags of an object as it is, which AWS knows of operations that read it or change its tags or its ACL, not of those that replace or delete it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
 */
export function existingTags(
  { db }: Pick<S3Resources, "db">,
  bucket: Bucket | undefined,
  { Key = "", VersionId }: { readonly Key?: string | undefined; readonly VersionId?: string | undefined },
): CostlyKeys | undefined {
  if (bucket === undefined) return undefined;
  const prefix = "s3:ExistingObjectTag/";
  return {
    prefix,
    async read() {
      const row = await db.objects.find(bucket.id, Key, VersionId);
      const tags = row === undefined || row.isDeleteMarker ? {} : (JSON.parse(row.tags) as Tags);
      return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${prefix}${name}`, [value]]));
    },
  };
}

/** Asks for a further permission on an object. @throws AccessDenied */
export function authorizeObject(
  ctx: RequestContext,
  bucket: Bucket,
  action: `s3:${string}`,
  key: string,
  costlyKeys?: CostlyKeys,
): Promise<void> {
  return ctx.authorize({
    action,
    resource: objectArn(bucket.name, key),
    resourceAccountId: bucket.accountId,
    resourcePolicy: policyFor(ctx, bucket),
    conditionKeys: ownerKey(bucket),
    costlyKeys,
  });
}

/** Asks for a further permission on a bucket. @throws AccessDenied */
export function authorizeBucket(ctx: RequestContext, bucket: Bucket, action: `s3:${string}`): Promise<void> {
  return ctx.authorize({
    action,
    resource: bucketArn(bucket.name),
    resourceAccountId: bucket.accountId,
    resourcePolicy: policyFor(ctx, bucket),
    conditionKeys: ownerKey(bucket),
  });
}
