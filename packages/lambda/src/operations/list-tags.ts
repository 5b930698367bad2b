import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustExist } from "../find-version.ts";
import type { OperationResources } from "../resources.ts";
import { onTagged, taggedFunction } from "../tagged-function.ts";

type Input = InputOf<"lambda", "ListTags">;
type Output = OutputOf<"lambda", "ListTags">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export const listTags: OperationRow<OperationResources, Input, Output> = {
  iam: onTagged<Input>("lambda:ListTags"),
  async run({ functions }, ctx, input) {
    const reference = taggedFunction(ctx, input.Resource);
    return { Tags: { ...mustExist(await functions.find(reference), reference).tags } };
  },
};
