import { constraintBroken, invalidParameter } from "../faults.ts";
import type { LambdaLimits } from "../limits.ts";

/**
 * Checks tags that are to be a function's. https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
 * @param all those that the function would then have
 * @throws Fault InvalidParameterValueException
 */
export function checkTags(given: Readonly<Record<string, string>>, all: Readonly<Record<string, string>>, limits: LambdaLimits): void {
  for (const [key, value] of Object.entries(given)) {
    if (key.length < 1 || key.length > limits.tagKeyCharacters) {
      throw constraintBroken(
        printed(given),
        "tags",
        `Map keys must satisfy constraint: [Member must have length less than or equal to ${limits.tagKeyCharacters}, Member must have length greater than or equal to 1]`,
      );
    }
    if (value.length > limits.tagValueCharacters) {
      throw constraintBroken(
        printed(given),
        "tags",
        `Map values must satisfy constraint: [Member must have length less than or equal to ${limits.tagValueCharacters}, Member must have length greater than or equal to 0]`,
      );
    }
    if (/^aws:/i.test(key)) throw invalidParameter("Tag keys that start with aws: are reserved for AWS use.");
  }
  if (Object.keys(all).length > limits.tagCount) throw invalidParameter("Number of tags exceeds resource tag limit.");
}

const printed = (tags: Readonly<Record<string, string>>): string =>
  `{${Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ")}}`;
