import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkTags } from "../tags/check-tags.ts";
import { requestTags } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { onTagged, taggedResource } from "../tags/tagged-resource.ts";

type Input = InputOf<"lambda", "TagResource">;
type Output = OutputOf<"lambda", "TagResource">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export const tagResource: OperationRow<OperationResources, Input, Output> = {
  iam: onTagged<Input>("lambda:TagResource", (input) => requestTags(input.Tags)),
  async run(resources, ctx, input) {
    await taggedResource(ctx, input.Resource).change(resources, (before) => {
      const tags = { ...before, ...input.Tags };
      checkTags(input.Tags, tags, resources.limits);
      return tags;
    });
    return {};
  },
};
