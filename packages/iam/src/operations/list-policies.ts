import { onAll } from "../iam-rules.ts";
import { policyArn, shapePolicyInList } from "../managed-policy.ts";
import { pageOf } from "../pages.ts";
import { policiesInAccount } from "../policy-versions.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html */
export const listPolicies: IamRow<"ListPolicies"> = {
  iam: onAll("iam:ListPolicies", "policy"),
  run: async ({ models }, ctx, input) => {
    const listed = await policiesInAccount(models, ctx.accountId, input);
    const { items, page } = pageOf("ListPolicies", listed, ({ policy }) => policyArn(policy), input);
    return { Policies: items.map(({ policy, usage }) => shapePolicyInList(policy, usage)), ...page };
  },
};
