import { changeTags } from "../change-tags.ts";
import { onArn } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { requestTagKeys, withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/tags-resource-arn.html */
export const tagResource: SchemasOperation<"TagResource"> = {
  iam: onArn("schemas:TagResource", ({ Tags }) => requestTagKeys(Tags)),
  run: (resources, ctx, input) => changeTags(resources, ctx, input.ResourceArn, (tags) => withTags(tags, input.Tags)),
};
