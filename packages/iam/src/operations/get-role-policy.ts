import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import { getInlinePolicy } from "../inline-policies.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export const getRolePolicy: IamRow<"GetRolePolicy"> = {
  iam: onRole("iam:GetRolePolicy"),
  run: async ({ models }, ctx, input) => {
    const role = await findEntity(models, ctx, "role", input.RoleName);
    return { RoleName: role.name, ...(await getInlinePolicy(models, role, input.PolicyName)) };
  },
};
