import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import { inlinePolicyNames } from "../inline-policies.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies: IamRow<"ListUserPolicies"> = {
  iam: onUser("iam:ListUserPolicies"),
  run: async ({ models }, ctx, input) => {
    const user = await findEntity(models, ctx, "user", input.UserName);
    const names = await inlinePolicyNames(models, user);
    const { items, page } = pageOf(`ListUserPolicies:${user.id}`, names, (name) => name, input);
    return { PolicyNames: items, ...page };
  },
};
