import { attachedPolicies } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export const listAttachedUserPolicies: IamRow<"ListAttachedUserPolicies"> = {
  iam: onUser("iam:ListAttachedUserPolicies"),
  run: async ({ models }, ctx, input) => {
    const user = await findEntity(models, ctx, "user", input.UserName);
    const policies = await attachedPolicies(models, user, input.PathPrefix);
    const { items, page } = pageOf(`ListAttachedUserPolicies:${user.id}`, policies, ({ PolicyArn }) => PolicyArn, input);
    return { AttachedPolicies: items, ...page };
  },
};
