import { findAttachable } from "../attachments.ts";
import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const putUserPermissionsBoundary: IamRow<"PutUserPermissionsBoundary"> = {
  iam: onUser("iam:PutUserPermissionsBoundary"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      await findAttachable(models, ctx.accountId, input.PermissionsBoundary);
      await models.iamEntity.update({ where: { id: user.id }, data: { permissionsBoundary: input.PermissionsBoundary } });
      return {};
    }),
};
