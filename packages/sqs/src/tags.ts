import type { ConditionKeys } from "@mayfly/kernel";
import { invalidParameter } from "./faults.ts";
import { limits } from "./limits.ts";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** The tags with further ones. @throws Fault InvalidParameterValue */
export function withTags(current: Tags, added: Tags = {}): Tags {
  for (const [key, value] of Object.entries(added)) {
    if (key === "" || key.length > limits.tagKeyCharacters)
      throw invalidParameter(`Tag keys must be between 1 and ${limits.tagKeyCharacters} characters in length.`);
    if (value.length > limits.tagValueCharacters)
      throw invalidParameter(`Tag values must be between 0 and ${limits.tagValueCharacters} characters in length.`);
    if (key.toLowerCase().startsWith("aws:")) throw invalidParameter("Tag keys that start with aws: are reserved for AWS.");
  }
  const tags = { ...current, ...added };
  if (Object.keys(tags).length > limits.tagCount) throw invalidParameter(`Too many tags added for queue: at most ${limits.tagCount}.`);
  return tags;
}

/** `aws:ResourceTag/KEY` of a queue's tags. */
export const resourceTagKeys = (tags: Tags): ConditionKeys =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));

/** `aws:RequestTag/KEY` and `aws:TagKeys` of a request. */
export const requestTagKeys = (tags: Tags = {}): ConditionKeys => ({
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, [value]])),
  ...tagKeys(Object.keys(tags)),
});

/** `aws:TagKeys` */
export const tagKeys = (keys: readonly string[]): ConditionKeys => (keys.length > 0 ? { "aws:TagKeys": keys } : {});
