import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import { getInlinePolicy } from "../inline-policies.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html */
export const getUserPolicy: IamRow<"GetUserPolicy"> = {
  iam: onUser("iam:GetUserPolicy"),
  run: async ({ models }, ctx, input) => {
    const user = await findEntity(models, ctx, "user", input.UserName);
    return { UserName: user.name, ...(await getInlinePolicy(models, user, input.PolicyName)) };
  },
};
