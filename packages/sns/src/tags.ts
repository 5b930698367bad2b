import { Fault, type ConditionKeys } from "@mayfly/kernel";
import { invalidParameter } from "./faults.ts";
import { limits } from "./limits.ts";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Tags as requests have them. */
export type TagList = readonly { readonly Key: string | undefined; readonly Value: string | undefined }[];

/** Tags of a request. @throws Fault InvalidParameter */
export function readTags(list: TagList = []): Tags {
  const tags = new Map<string, string>();
  for (const { Key = "", Value = "" } of list) {
    if (tags.has(Key)) throw invalidParameter("Duplicated keys are not allowed.");
    if (Key.toLowerCase().startsWith("aws:")) throw invalidParameter("Tag keys that start with aws: are reserved for AWS.");
    tags.set(Key, Value);
  }
  return Object.fromEntries(tags);
}

/** The tags with further ones. @throws Fault TagLimitExceeded */
export function withTags(current: Tags, added: Tags): Tags {
  const tags = { ...current, ...added };
  if (Object.keys(tags).length > limits.tagCount)
    throw new Fault("TagLimitExceededException", "Could not complete request: tag quota of per resource exceeded");
  return tags;
}

/** As the APIs answer them. */
export const shapeTags = (tags: Tags): { Key: string; Value: string }[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** `aws:ResourceTag/KEY` of a topic's tags. */
export const resourceTagKeys = (tags: Tags): ConditionKeys =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));

/** `aws:RequestTag/KEY` and `aws:TagKeys` of a request. */
export const requestTagKeys = (list: TagList = []): ConditionKeys => ({
  ...Object.fromEntries(list.map(({ Key, Value }) => [`aws:RequestTag/${Key ?? ""}`, [Value ?? ""]])),
  ...tagKeys(list.map(({ Key }) => Key ?? "")),
});

/** `aws:TagKeys` */
export const tagKeys = (keys: readonly string[]): ConditionKeys => (keys.length > 0 ? { "aws:TagKeys": keys } : {});
