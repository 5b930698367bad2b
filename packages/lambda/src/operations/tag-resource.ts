import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkTags } from "../check-tags.ts";
import { mustExist } from "../find-version.ts";
import { requestTags } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { onTagged, taggedFunction } from "../tagged-function.ts";

type Input = InputOf<"lambda", "TagResource">;
type Output = OutputOf<"lambda", "TagResource">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html */
export const tagResource: OperationRow<OperationResources, Input, Output> = {
  iam: onTagged<Input>("lambda:TagResource", (input) => requestTags(input.Tags)),
  async run({ functions, limits }, ctx, input) {
    const reference = taggedFunction(ctx, input.Resource);
    await functions.change(reference, (current) => {
      const record = mustExist(current, reference);
      const tags = { ...record.tags, ...input.Tags };
      checkTags(input.Tags, tags, limits);
      return { next: { ...record, tags }, result: undefined };
    });
    return {};
  },
};
