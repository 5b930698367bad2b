import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { shapeRole } from "../shape-entity.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export const updateRoleDescription: IamRow<"UpdateRoleDescription"> = {
  iam: onRole("iam:UpdateRoleDescription"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      await models.iamEntity.update({ where: { id: role.id }, data: { description: input.Description } });
      return { Role: shapeRole({ ...role, description: input.Description }) };
    }),
};
