import { detachPolicy } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export const detachRolePolicy: IamRow<"DetachRolePolicy"> = {
  iam: onRole("iam:DetachRolePolicy", "policy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      await detachPolicy(models, role, input.PolicyArn);
      return {};
    }),
};
