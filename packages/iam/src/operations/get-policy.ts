import { onPolicy } from "../iam-rules.ts";
import { findPolicy, shapePolicy, usageOf } from "../managed-policy.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const getPolicy: IamRow<"GetPolicy"> = {
  iam: onPolicy("iam:GetPolicy"),
  run: async ({ models }, ctx, input) => {
    const policy = await findPolicy(models, ctx, input.PolicyArn);
    return { Policy: shapePolicy(policy, await usageOf(models, ctx.accountId, input.PolicyArn)) };
  },
};
