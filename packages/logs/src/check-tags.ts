import { Fault } from "@mayfly/kernel";
import { invalidParameter } from "./faults.ts";
import { limits } from "./limits.ts";

type Tags = Readonly<Record<string, string>>;

/** Checks tags to be set, and how many there will be. @throws InvalidParameterException, TooManyTagsException */
export function checkTags(added: Tags, resulting: Tags): void {
  if (Object.keys(added).some((key) => key.toLowerCase().startsWith("aws:"))) {
    throw invalidParameter("aws: prefixed tag key names are not allowed for external use.");
  }
  if (Object.keys(resulting).length > limits.tagCount) {
    throw new Fault("TooManyTagsException", `The number of tags exceeds the limit of ${limits.tagCount} tags per resource.`);
  }
}

/** The tags without the given keys. */
export function without(tags: Tags, keys: readonly string[]): Record<string, string> {
  const gone = new Set(keys);
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key)));
}
