import { deleteConflict } from "../faults.ts";
import { onPolicy } from "../iam-rules.ts";
import { findOwnPolicy, usageOf, versionsOf } from "../managed-policy.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const deletePolicy: IamRow<"DeletePolicy"> = {
  iam: onPolicy("iam:DeletePolicy"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const { models, db } = resources;
      const policy = await findOwnPolicy(models, ctx, input.PolicyArn, "iam:DeletePolicy");
      const { attachments, boundaries } = await usageOf(models, ctx.accountId, input.PolicyArn);
      if (attachments + boundaries > 0) throw deleteConflict("Cannot delete a policy attached to entities.");
      if ((await versionsOf(models, policy)).length > 1) {
        throw deleteConflict(
          "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
        );
      }
      await db.transaction((recorded) => [
        recorded.iamPolicyVersion.deleteMany({ where: { policyId: policy.id } }),
        recorded.iamPolicy.delete({ where: { id: policy.id } }),
      ]);
      return {};
    }),
};
