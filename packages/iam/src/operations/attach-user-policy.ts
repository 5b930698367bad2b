import { attachPolicy } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html */
export const attachUserPolicy: IamRow<"AttachUserPolicy"> = {
  iam: onUser("iam:AttachUserPolicy", "policy", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      await attachPolicy(models, user, input.PolicyArn);
      return {};
    }),
};
