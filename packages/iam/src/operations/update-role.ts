import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export const updateRole: IamRow<"UpdateRole"> = {
  iam: onRole("iam:UpdateRole"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      const data = { description: input.Description, maxSessionDurationSeconds: input.MaxSessionDuration };
      await models.iamEntity.update({ where: { id: role.id }, data });
      return {};
    }),
};
