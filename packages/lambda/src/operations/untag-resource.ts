import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import type { OperationResources } from "../resources.ts";
import { onTagged, taggedResource } from "../tags/tagged-resource.ts";

type Input = InputOf<"lambda", "UntagResource">;
type Output = OutputOf<"lambda", "UntagResource">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html */
export const untagResource: OperationRow<OperationResources, Input, Output> = {
  iam: onTagged<Input>("lambda:UntagResource", (input) => ({ "aws:TagKeys": input.TagKeys })),
  async run(resources, ctx, input) {
    const gone = new Set(input.TagKeys);
    await taggedResource(ctx, input.Resource).change(resources, (tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key))),
    );
    return {};
  },
};
