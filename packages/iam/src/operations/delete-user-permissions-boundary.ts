import { findEntity } from "../entity.ts";
import { noSuchEntity } from "../faults.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const deleteUserPermissionsBoundary: IamRow<"DeleteUserPermissionsBoundary"> = {
  iam: onUser("iam:DeleteUserPermissionsBoundary", "boundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      if (user.permissionsBoundary === null) throw noSuchEntity(`User ${user.name} does not have a permissions boundary.`);
      await models.iamEntity.update({ where: { id: user.id }, data: { permissionsBoundary: null } });
      return {};
    }),
};
