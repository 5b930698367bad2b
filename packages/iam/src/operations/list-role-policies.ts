import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import { inlinePolicyNames } from "../inline-policies.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export const listRolePolicies: IamRow<"ListRolePolicies"> = {
  iam: onRole("iam:ListRolePolicies"),
  run: async ({ models }, ctx, input) => {
    const role = await findEntity(models, ctx, "role", input.RoleName);
    const names = await inlinePolicyNames(models, role);
    const { items, page } = pageOf(`ListRolePolicies:${role.id}`, names, (name) => name, input);
    return { PolicyNames: items, ...page };
  },
};
