import { findAttachable } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const putRolePermissionsBoundary: IamRow<"PutRolePermissionsBoundary"> = {
  iam: onRole("iam:PutRolePermissionsBoundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      await findAttachable(models, ctx.accountId, input.PermissionsBoundary);
      await models.iamEntity.update({ where: { id: role.id }, data: { permissionsBoundary: input.PermissionsBoundary } });
      return {};
    }),
};
