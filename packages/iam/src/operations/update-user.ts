import { findEntity, lookUpEntity, nameKeyOf, refuseDuplicate } from "../entity.ts";
import { alreadyExists } from "../faults.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html */
export const updateUser: IamRow<"UpdateUser"> = {
  iam: onUser("iam:UpdateUser"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      const name = input.NewUserName ?? user.name;
      const taken = `User with name ${name} already exists.`;
      const holder = await lookUpEntity(models, ctx.accountId, "user", name);
      if (holder !== undefined && holder.id !== user.id) throw alreadyExists(taken);
      const data = { name, nameKey: nameKeyOf(name), path: input.NewPath ?? user.path };
      await refuseDuplicate(models.iamEntity.update({ where: { id: user.id }, data }), taken);
      return {};
    }),
};
