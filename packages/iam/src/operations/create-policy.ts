import { onNew } from "../iam-rules.ts";
import { shapePolicyInList } from "../managed-policy.ts";
import { insertPolicy } from "../policy-versions.ts";
import type { IamRow } from "../resources.ts";
import { tagsIfAny } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const createPolicy: IamRow<"CreatePolicy"> = {
  iam: onNew("iam:CreatePolicy", "policy", (input) => input.PolicyName),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const policy = await insertPolicy(resources, ctx.accountId, input);
      return { Policy: { ...shapePolicyInList(policy, { attachments: 0, boundaries: 0 }), ...tagsIfAny(policy.tags) } };
    }),
};
