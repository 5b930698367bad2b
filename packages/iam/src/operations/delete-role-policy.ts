import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import { deleteInlinePolicy } from "../inline-policies.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export const deleteRolePolicy: IamRow<"DeleteRolePolicy"> = {
  iam: onRole("iam:DeleteRolePolicy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      await deleteInlinePolicy(models, role, input.PolicyName);
      return {};
    }),
};
