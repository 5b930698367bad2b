import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import { putInlinePolicy } from "../inline-policies.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const putRolePolicy: IamRow<"PutRolePolicy"> = {
  iam: onRole("iam:PutRolePolicy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      await putInlinePolicy(models, role, input.PolicyName, input.PolicyDocument);
      return {};
    }),
};
