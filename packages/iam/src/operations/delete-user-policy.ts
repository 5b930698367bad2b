import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import { deleteInlinePolicy } from "../inline-policies.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html */
export const deleteUserPolicy: IamRow<"DeleteUserPolicy"> = {
  iam: onUser("iam:DeleteUserPolicy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      await deleteInlinePolicy(models, user, input.PolicyName);
      return {};
    }),
};
