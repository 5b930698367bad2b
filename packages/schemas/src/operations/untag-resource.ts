import { changeTags } from "../change-tags.ts";
import { onArn } from "../iam-rules.ts";
import type { SchemasOperation } from "../resources.ts";
import { tagKeys, withoutTags } from "../tags.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/schema-reference/tags-resource-arn.html */
export const untagResource: SchemasOperation<"UntagResource"> = {
  iam: onArn("schemas:UntagResource", ({ TagKeys }) => tagKeys(TagKeys ?? [])),
  run: (resources, ctx, input) => changeTags(resources, ctx, input.ResourceArn, (tags) => withoutTags(tags, input.TagKeys)),
};
