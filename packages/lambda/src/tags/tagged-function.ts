import { invalidParameter } from "../faults.ts";
import { mustExist } from "../find-version.ts";
import { parseFunctionName, referenceArn } from "../function-name.ts";
import type { TaggedKind } from "./tagged-resource.ts";

/** @throws Fault InvalidParameterValueException for a version's or alias's ARN */
export const taggedFunction: TaggedKind = (ctx, arn) => {
  const reference = parseFunctionName(ctx, arn);
  if (reference.qualifier !== undefined) {
    throw invalidParameter("Tags on function aliases and versions are not supported. Please specify a function ARN.");
  }
  return {
    arn: referenceArn(reference),
    peek: async ({ functions }) => (await functions.find(reference))?.tags,
    read: async ({ functions }) => mustExist(await functions.find(reference), reference).tags,
    change: ({ functions }, decide) =>
      functions.change(reference, (current) => {
        const record = mustExist(current, reference);
        return { next: { ...record, tags: decide(record.tags) }, result: undefined };
      }),
  };
};
