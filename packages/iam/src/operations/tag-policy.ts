import { onPolicy } from "../iam-rules.ts";
import { findOwnPolicy } from "../managed-policy.ts";
import type { IamRow } from "../resources.ts";
import { parseTags, withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html */
export const tagPolicy: IamRow<"TagPolicy"> = {
  iam: onPolicy("iam:TagPolicy"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const policy = await findOwnPolicy(models, ctx, input.PolicyArn, "iam:TagPolicy");
      const tags = JSON.stringify(withTags(parseTags(policy.tags), input.Tags));
      await models.iamPolicy.update({ where: { id: policy.id }, data: { tags } });
      return {};
    }),
};
