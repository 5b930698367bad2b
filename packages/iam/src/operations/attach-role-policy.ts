import { attachPolicy } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export const attachRolePolicy: IamRow<"AttachRolePolicy"> = {
  iam: onRole("iam:AttachRolePolicy", "policy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      await attachPolicy(models, role, input.PolicyArn);
      return {};
    }),
};
