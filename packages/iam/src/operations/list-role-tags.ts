import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";
import { shapeTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
export const listRoleTags: IamRow<"ListRoleTags"> = {
  iam: onRole("iam:ListRoleTags"),
  run: async ({ models }, ctx, input) => {
    const role = await findEntity(models, ctx, "role", input.RoleName);
    const { items, page } = pageOf(`ListRoleTags:${role.id}`, shapeTags(role.tags), ({ Key = "" }) => Key, input);
    return { Tags: items, ...page };
  },
};
