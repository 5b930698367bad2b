import { readTags } from "../change-tags.ts";
import { onArn } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/tags-resource-arn.html */
export const listTagsForResource: SchemasOperation<"ListTagsForResource"> = {
  iam: onArn("schemas:ListTagsForResource"),
  run: async (resources, ctx, input) => ({ Tags: await readTags(resources, ctx, input.ResourceArn) }),
};
