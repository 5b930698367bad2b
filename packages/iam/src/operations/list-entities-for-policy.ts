import { onPolicy } from "../iam-rules.ts";
import { findPolicy } from "../managed-policy.ts";
import { pageOf } from "../pages.ts";
import { entitiesForPolicy } from "../policy-versions.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const listEntitiesForPolicy: IamRow<"ListEntitiesForPolicy"> = {
  iam: onPolicy("iam:ListEntitiesForPolicy"),
  run: async ({ models }, ctx, input) => {
    await findPolicy(models, ctx, input.PolicyArn);
    const entities = await entitiesForPolicy(models, ctx.accountId, input);
    const { items, page } = pageOf(
      `ListEntitiesForPolicy:${input.PolicyArn}`,
      entities,
      ({ kind, nameKey }) => `${kind}/${nameKey}`,
      input,
    );
    const of = (kind: string) => items.filter((entity) => entity.kind === kind);
    return {
      PolicyGroups: [],
      PolicyUsers: of("user").map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of("role").map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...page,
    };
  },
};
