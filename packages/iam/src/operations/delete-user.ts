import { deleteEntity, findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const deleteUser: IamRow<"DeleteUser"> = {
  iam: onUser("iam:DeleteUser"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      await deleteEntity(models, await findEntity(models, ctx, "user", input.UserName));
      return {};
    }),
};
