import { onPolicy } from "../iam-rules.ts";
import { findOwnPolicy, shapeVersionInList } from "../managed-policy.ts";
import { insertVersion } from "../policy-versions.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
export const createPolicyVersion: IamRow<"CreatePolicyVersion"> = {
  iam: onPolicy("iam:CreatePolicyVersion"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const policy = await findOwnPolicy(resources.models, ctx, input.PolicyArn, "iam:CreatePolicyVersion");
      const { changed, version } = await insertVersion(resources, policy, input.PolicyDocument, input.SetAsDefault ?? false);
      return { PolicyVersion: shapeVersionInList(changed, version) };
    }),
};
