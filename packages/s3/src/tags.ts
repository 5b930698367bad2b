import type { Tag } from "@mayfly/wire/s3";
import type { ConditionKeys } from "@mayfly/kernel";
import { invalidArgument, invalidTag } from "./faults.ts";
import { limits } from "./limits.ts";

export type Tags = Readonly<Record<string, string>>;

const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html @throws Fault InvalidTag, BadRequest */
export function readTags(list: readonly Tag[], most: number = limits.tagCount): Tags {
  const tags: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { Key = "", Value = "" } of list) {
    if (Key in tags) throw invalidTag("Cannot provide multiple Tags with the same key", Key);
    if (Key === "" || Key.length > limits.tagKeyCharacters || !characters.test(Key))
      throw invalidTag("The TagKey you have provided is invalid", Key);
    if (Key.startsWith("aws:")) throw invalidTag("System tags cannot be added/updated by requester");
    if (Value.length > limits.tagValueCharacters || !characters.test(Value))
      throw invalidTag("The TagValue you have provided is invalid", Key);
    tags[Key] = Value;
  }
  if (list.length > most)
    throw invalidTag(
      most === limits.tagCount ? "Object tags cannot be greater than 10" : `Bucket tag count cannot be greater than ${most}`,
    );
  return { ...tags };
}

/** Tags as the header `x-amz-tagging` has them: a query. @throws Fault InvalidArgument, InvalidTag */
export function readTagHeader(header: string | undefined): Tags {
  if (header === undefined || header === "") return {};
  const list = [...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value }));
  if (new Set(list.map(({ Key }) => Key)).size < list.length)
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      header,
    );
  return readTags(list);
}

export const tagSet = (tags: Tags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** Condition keys that tell the tags of a request. */
export const requestTagKeys = (tags: Tags): ConditionKeys => ({
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`s3:RequestObjectTag/${key}`, [value]])),
  "s3:RequestObjectTagKeys": Object.keys(tags),
});
