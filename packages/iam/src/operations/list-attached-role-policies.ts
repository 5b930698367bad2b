import { attachedPolicies } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export const listAttachedRolePolicies: IamRow<"ListAttachedRolePolicies"> = {
  iam: onRole("iam:ListAttachedRolePolicies"),
  run: async ({ models }, ctx, input) => {
    const role = await findEntity(models, ctx, "role", input.RoleName);
    const policies = await attachedPolicies(models, role, input.PathPrefix);
    const { items, page } = pageOf(`ListAttachedRolePolicies:${role.id}`, policies, ({ PolicyArn }) => PolicyArn, input);
    return { AttachedPolicies: items, ...page };
  },
};
