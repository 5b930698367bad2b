import { detachPolicy } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html */
export const detachUserPolicy: IamRow<"DetachUserPolicy"> = {
  iam: onUser("iam:DetachUserPolicy", "policy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      await detachPolicy(models, user, input.PolicyArn);
      return {};
    }),
};
