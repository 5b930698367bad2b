import { deleteConflict } from "../faults.ts";
import { onPolicy } from "../iam-rules.ts";
import { findOwnPolicy, findVersion } from "../managed-policy.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html */
export const deletePolicyVersion: IamRow<"DeletePolicyVersion"> = {
  iam: onPolicy("iam:DeletePolicyVersion"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const policy = await findOwnPolicy(models, ctx, input.PolicyArn, "iam:DeletePolicyVersion");
      const { versionNumber } = await findVersion(models, policy, input.VersionId);
      if (versionNumber === policy.defaultVersion) throw deleteConflict("Cannot delete the default version of a policy.");
      await models.iamPolicyVersion.delete({ where: { policyId_versionNumber: { policyId: policy.id, versionNumber } } });
      return {};
    }),
};
