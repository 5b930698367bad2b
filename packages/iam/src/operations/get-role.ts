import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { shapeRole } from "../shape-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export const getRole: IamRow<"GetRole"> = {
  iam: onRole("iam:GetRole"),
  run: async ({ models }, ctx, input) => {
    const role = await findEntity(models, ctx, "role", input.RoleName);
    return { Role: { ...shapeRole(role), RoleLastUsed: {} } };
  },
};
