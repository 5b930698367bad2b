import type { Pair } from "../functions/detail/configuration/pairs.ts";
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

/** What CreateBucket is asked for. @param requestRegion where the request goes: a bucket of which nothing is said is made there */
export function creationOf(draft: BucketDraft, requestRegion: string) {
  const { name, region, tags } = draft;
  // The API's model has no us-east-1, which is where a bucket was of which nothing was said.
  const isUsual = region === "us-east-1" && requestRegion === "us-east-1";
  const CreateBucketConfiguration = {
    ...(!isUsual && { LocationConstraint: region as "eu-west-1" }),
    ...(tags.length > 0 && { Tags: tagList(draft) }),
  };
  return { Bucket: name, ...(Object.keys(CreateBucketConfiguration).length > 0 && { CreateBucketConfiguration }) };
}

/** Whether the draft is other than what a new bucket is by itself. */
export const isOpened = ({ access }: BucketDraft): boolean => Object.values(access).includes(false);
