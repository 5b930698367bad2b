import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import type { OperationResources } from "../resources.ts";
import { onTagged, taggedResource } from "../tags/tagged-resource.ts";

type Input = InputOf<"lambda", "ListTags">;
type Output = OutputOf<"lambda", "ListTags">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html */
export const listTags: OperationRow<OperationResources, Input, Output> = {
  iam: onTagged<Input>("lambda:ListTags"),
  async run(resources, ctx, input) {
    return { Tags: { ...(await taggedResource(ctx, input.Resource).read(resources)) } };
  },
};
