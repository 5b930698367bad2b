import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { checkTrustPolicy } from "../trust-policy.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export const updateAssumeRolePolicy: IamRow<"UpdateAssumeRolePolicy"> = {
  iam: onRole("iam:UpdateAssumeRolePolicy"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      await checkTrustPolicy(models, ctx.accountId, input.PolicyDocument);
      await models.iamEntity.update({ where: { id: role.id }, data: { trustPolicy: input.PolicyDocument } });
      return {};
    }),
};
