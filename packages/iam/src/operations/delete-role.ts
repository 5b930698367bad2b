import { deleteEntity, findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const deleteRole: IamRow<"DeleteRole"> = {
  iam: onRole("iam:DeleteRole"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      await deleteEntity(models, await findEntity(models, ctx, "role", input.RoleName));
      return {};
    }),
};
