import { listEntities } from "../entity.ts";
import { onAll } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";
import { shapeUserInList } from "../shape-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers: IamRow<"ListUsers"> = {
  iam: onAll("iam:ListUsers", "user"),
  run: async ({ models }, ctx, input) => {
    const users = await listEntities(models, ctx.accountId, "user", input.PathPrefix);
    const { items, page } = pageOf("ListUsers", users, ({ nameKey }) => nameKey, input);
    return { Users: items.map(shapeUserInList), ...page };
  },
};
