import type { InputOf } from "@mayfly/kernel";
import { operationAborted } from "../faults.ts";
import { bucketOf, onObject } from "../iam-rules.ts";
import { doerOf, eventOf, noticesOf, tell } from "../notifications/notices.ts";
import { lookAnew } from "../objects/look-anew.ts";
import { findObject, versionOutput } from "../objects/versions.ts";
import type { S3Operation, S3Resources } from "../resources.ts";
import type { RequestContext } from "@mayfly/kernel";
import { readTags, requestTagKeys, tagSet, type Tags } from "../tags.ts";

interface Named {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging: S3Operation<"PutObjectTagging"> = {
  iam: onObject<InputOf<"s3", "PutObjectTagging">>("s3:PutObjectTagging", {
    ofVersion: "s3:PutObjectVersionTagging",
    readsTags: true,
    keys: ({ Tagging }) => requestTagKeys(Object.fromEntries((Tagging?.TagSet ?? []).map(({ Key = "", Value = "" }) => [Key, Value]))),
  }),
  run: (resources, ctx, input) => setTags(resources, ctx, input, readTags(input.Tagging.TagSet ?? []), "ObjectTagging:Put"),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging: S3Operation<"DeleteObjectTagging"> = {
  iam: onObject<InputOf<"s3", "DeleteObjectTagging">>("s3:DeleteObjectTagging", {
    ofVersion: "s3:DeleteObjectVersionTagging",
    readsTags: true,
  }),
  run: (resources, ctx, input) => setTags(resources, ctx, input, {}, "ObjectTagging:Delete"),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging: S3Operation<"GetObjectTagging"> = {
  iam: onObject<InputOf<"s3", "GetObjectTagging">>("s3:GetObjectTagging", { ofVersion: "s3:GetObjectVersionTagging", readsTags: true }),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    const object = await findObject(resources, ctx, bucket, input);
    return { TagSet: tagSet(JSON.parse(object.tags) as Tags), ...versionOutput(bucket, object.versionId) };
  },
};

async function setTags(
  resources: S3Resources,
  ctx: RequestContext,
  input: Named,
  tags: Tags,
  name: "ObjectTagging:Put" | "ObjectTagging:Delete",
): Promise<{ VersionId?: string }> {
  const bucket = bucketOf(resources, input);
  return lookAnew(async () => {
    const object = await findObject(resources, ctx, bucket, input);
    const { key, size, etag } = object;
    const event = eventOf(bucket, { name, key, size, etag, atMs: resources.clock.now(), ...doerOf(ctx) });
    const notices = noticesOf(bucket, event);
    if (!(await resources.db.objects.setTags(object.id, JSON.stringify(tags), notices, event.atMs))) throw operationAborted();
    tell(resources, bucket, event, notices);
    return versionOutput(bucket, object.versionId);
  });
}
