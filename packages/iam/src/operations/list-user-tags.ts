import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";
import { shapeTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html */
export const listUserTags: IamRow<"ListUserTags"> = {
  iam: onUser("iam:ListUserTags"),
  run: async ({ models }, ctx, input) => {
    const user = await findEntity(models, ctx, "user", input.UserName);
    const { items, page } = pageOf(`ListUserTags:${user.id}`, shapeTags(user.tags), ({ Key = "" }) => Key, input);
    return { Tags: items, ...page };
  },
};
