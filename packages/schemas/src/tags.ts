import type { ConditionKeys } from "@mayfly/kernel";
import { badRequest } from "./faults.ts";
import { limits } from "./limits.ts";

/** Tags by key; kept as JSON text. */
export type Tags = Readonly<Record<string, string>>;

export const parseTags = (text: string): Record<string, string> => JSON.parse(text) as Record<string, string>;

/** The tags with further ones. @throws Fault BadRequestException */
export function withTags(current: Tags, added: Tags = {}): Tags {
  for (const [key, value] of Object.entries(added)) {
    if (key === "" || key.length > limits.tagKeyCharacters || value.length > limits.tagValueCharacters)
      throw badRequest(`Tag keys have 1 to ${limits.tagKeyCharacters} characters, their values at most ${limits.tagValueCharacters}.`);
    if (key.toLowerCase().startsWith("aws:")) throw badRequest("Tag keys that start with aws: are reserved for AWS.");
  }
  const tags = { ...current, ...added };
  if (Object.keys(tags).length > limits.tagCount) throw badRequest(`A resource has at most ${limits.tagCount} tags.`);
  return tags;
}

/** The tags without those of the given keys. */
export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(current).filter(([key]) => !gone.has(key)));
}

/** `aws:ResourceTag/KEY` of a resource's tags. */
export const resourceTagKeys = (tags: Tags): ConditionKeys =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));

/** `aws:RequestTag/KEY` and `aws:TagKeys` of a request. */
export const requestTagKeys = (tags: Tags = {}): ConditionKeys => ({
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, [value]])),
  ...tagKeys(Object.keys(tags)),
});

/** `aws:TagKeys` */
export const tagKeys = (keys: readonly string[]): ConditionKeys => (keys.length > 0 ? { "aws:TagKeys": keys } : {});
