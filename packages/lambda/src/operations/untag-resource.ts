import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustExist } from "../find-version.ts";
import type { OperationResources } from "../resources.ts";
import { onTagged, taggedFunction } from "../tagged-function.ts";

type Input = InputOf<"lambda", "UntagResource">;
type Output = OutputOf<"lambda", "UntagResource">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export const untagResource: OperationRow<OperationResources, Input, Output> = {
  iam: onTagged<Input>("lambda:UntagResource", (input) => ({ "aws:TagKeys": input.TagKeys })),
  async run({ functions }, ctx, input) {
    const reference = taggedFunction(ctx, input.Resource);
    const gone = new Set(input.TagKeys);
    await functions.change(reference, (current) => {
      const record = mustExist(current, reference);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !gone.has(key)));
      return { next: { ...record, tags }, result: undefined };
    });
    return {};
  },
};
