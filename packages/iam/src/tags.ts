import { Fault, type ConditionKeys } from "@mayfly/kernel";
import type { Tag } from "@mayfly/wire/iam";
import { invalidInput } from "./faults.ts";
import { iamLimits } from "./limits.ts";

/** Tags by key, as they are stored (JSON text). */
export type Tags = Readonly<Record<string, string>>;

export const parseTags = (text: string): Tags => JSON.parse(text) as Tags;

export const shapeTags = (text: string): Tag[] => Object.entries(parseTags(text)).map(([Key, Value]) => ({ Key, Value }));

/** A resource's answer has no `Tags` where there are none. */
export const tagsIfAny = (text: string): { Tags?: Tag[] } => {
  const tags = shapeTags(text);
  return tags.length > 0 ? { Tags: tags } : {};
};

/**
 * Adds tags. Keys are told apart without regard to case; a new spelling replaces the old one.
 * @throws Fault InvalidInput, LimitExceeded
 */
export function withTags(current: Tags, added: readonly Tag[] = []): Tags {
  const keys = added.map(({ Key = "" }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  if (keys.some((key) => key.startsWith("aws:"))) throw invalidInput("Tag keys that start with aws: are reserved for AWS.");
  const kept = Object.entries(current).filter(([key]) => !keys.includes(key.toLowerCase()));
  const tags = Object.fromEntries([...kept, ...added.map(({ Key = "", Value = "" }): [string, string] => [Key, Value])]);
  if (Object.keys(tags).length > iamLimits.tagsPerResourceCount)
    throw new Fault("LimitExceeded", "The number of tags has reached the maximum limit.");
  return tags;
}

/** Removes tags; keys that are not there are no error. */
export function withoutTags(current: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(current).filter(([key]) => !removed.has(key.toLowerCase())));
}

/** `aws:RequestTag/...` and `aws:TagKeys` of a request that sets or removes tags. */
export function requestTagKeys(input: {
  readonly Tags?: readonly Tag[] | undefined;
  readonly TagKeys?: readonly string[] | undefined;
}): ConditionKeys {
  const tags = input.Tags ?? [];
  const keys = input.TagKeys ?? tags.map(({ Key = "" }) => Key);
  return {
    ...(keys.length > 0 && { "aws:TagKeys": keys }),
    ...Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [`aws:RequestTag/${Key}`, [Value]])),
  };
}

/** `aws:ResourceTag/...`, and under IAM's own older name. */
export function resourceTagKeys(tags: Tags): ConditionKeys {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, [value]],
      [`iam:ResourceTag/${key}`, [value]],
    ]),
  );
}
