import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import { putInlinePolicy } from "../inline-policies.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html */
export const putUserPolicy: IamRow<"PutUserPolicy"> = {
  iam: onUser("iam:PutUserPolicy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      await putInlinePolicy(models, user, input.PolicyName, input.PolicyDocument);
      return {};
    }),
};
