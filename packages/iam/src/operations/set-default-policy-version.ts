import { onPolicy } from "../iam-rules.ts";
import { findOwnPolicy, findVersion } from "../managed-policy.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html */
export const setDefaultPolicyVersion: IamRow<"SetDefaultPolicyVersion"> = {
  iam: onPolicy("iam:SetDefaultPolicyVersion"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const { models, clock } = resources;
      const policy = await findOwnPolicy(models, ctx, input.PolicyArn, "iam:SetDefaultPolicyVersion");
      const { versionNumber } = await findVersion(models, policy, input.VersionId);
      await models.iamPolicy.update({ where: { id: policy.id }, data: { defaultVersion: versionNumber, updatedAtMs: clock.now() } });
      return {};
    }),
};
