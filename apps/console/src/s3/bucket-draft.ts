import type { Pair } from "../functions/detail/configuration/pairs.ts";
import { cliCommand } from "../shared/equivalent-cli.tsx";
import { bucketNameProblem } from "./bucket-name.ts";
import { allBlocked, type PublicAccess } from "./public-access.ts";

/** A new bucket's form as it is filled in. */
export interface BucketDraft {
  readonly name: string;
  readonly region: string;
  readonly isVersioned: boolean;
  readonly access: PublicAccess;
  readonly tags: readonly Pair[];
}

/** What the form begins with. */
export const newBucket = (region: string): BucketDraft => ({ name: "", region, isVersioned: false, access: allBlocked, tags: [] });

/** What is wrong with the fields, by their names. */
export function problemsOf({ name, tags }: BucketDraft): Partial<Record<"name" | "tags", string>> {
  const nameProblem = bucketNameProblem(name);
  const isTag = tags.every(({ key }) => key.length >= 1 && key.length <= 128);
  return { ...(nameProblem !== undefined && { name: nameProblem }), ...(!isTag && { tags: "A key has 1 to 128 characters." }) };
}

const tagList = ({ tags }: BucketDraft) => tags.map(({ key, value }) => ({ Key: key, Value: value }));

/** What CreateBucket is asked for. */
export const creationOf = (draft: BucketDraft) => ({
  Bucket: draft.name,
  CreateBucketConfiguration: {
    // S3's model has no us-east-1, which is where a bucket is of which nothing is said.
    ...(draft.region !== "us-east-1" && { LocationConstraint: draft.region as "eu-west-1" }),
    ...(draft.tags.length > 0 && { Tags: tagList(draft) }),
  },
});

/** Whether the draft is other than what a new bucket is by itself. */
export const isOpened = ({ access }: BucketDraft): boolean => Object.values(access).includes(false);

/** What the aws CLI would be told. */
export function creationCommands(draft: BucketDraft): string[] {
  const bucket = draft.name || "NAME";
  const { CreateBucketConfiguration } = creationOf(draft);
  return [
    cliCommand("s3api", "create-bucket", {
      bucket,
      "create-bucket-configuration": Object.keys(CreateBucketConfiguration).length > 0 ? CreateBucketConfiguration : undefined,
    }),
    ...(draft.isVersioned
      ? [cliCommand("s3api", "put-bucket-versioning", { bucket, "versioning-configuration": { Status: "Enabled" } })]
      : []),
    ...(isOpened(draft)
      ? [cliCommand("s3api", "put-public-access-block", { bucket, "public-access-block-configuration": draft.access })]
      : []),
  ];
}
