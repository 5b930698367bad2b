import { findEntity } from "../entity.ts";
import { noSuchEntity } from "../faults.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const deleteRolePermissionsBoundary: IamRow<"DeleteRolePermissionsBoundary"> = {
  iam: onRole("iam:DeleteRolePermissionsBoundary", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      if (role.permissionsBoundary === null) throw noSuchEntity(`Role ${role.name} does not have a permissions boundary.`);
      await models.iamEntity.update({ where: { id: role.id }, data: { permissionsBoundary: null } });
      return {};
    }),
};
