import { listEntities } from "../entity.ts";
import { onAll } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";
import { shapeRoleInList } from "../shape-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const listRoles: IamRow<"ListRoles"> = {
  iam: onAll("iam:ListRoles", "role"),
  run: async ({ models }, ctx, input) => {
    const roles = await listEntities(models, ctx.accountId, "role", input.PathPrefix);
    const { items, page } = pageOf("ListRoles", roles, ({ nameKey }) => nameKey, input);
    return { Roles: items.map(shapeRoleInList), ...page };
  },
};
