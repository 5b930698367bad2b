import { onPolicy } from "../iam-rules.ts";
import { findPolicy, findVersion, shapeVersion } from "../managed-policy.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html */
export const getPolicyVersion: IamRow<"GetPolicyVersion"> = {
  iam: onPolicy("iam:GetPolicyVersion"),
  run: async ({ models }, ctx, input) => {
    const policy = await findPolicy(models, ctx, input.PolicyArn);
    return { PolicyVersion: shapeVersion(policy, await findVersion(models, policy, input.VersionId)) };
  },
};
