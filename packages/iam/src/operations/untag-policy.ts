import { onPolicy } from "../iam-rules.ts";
import { findOwnPolicy } from "../managed-policy.ts";
import type { IamRow } from "../resources.ts";
import { parseTags, withoutTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html */
export const untagPolicy: IamRow<"UntagPolicy"> = {
  iam: onPolicy("iam:UntagPolicy"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const policy = await findOwnPolicy(models, ctx, input.PolicyArn, "iam:UntagPolicy");
      const tags = JSON.stringify(withoutTags(parseTags(policy.tags), input.TagKeys));
      await models.iamPolicy.update({ where: { id: policy.id }, data: { tags } });
      return {};
    }),
};
