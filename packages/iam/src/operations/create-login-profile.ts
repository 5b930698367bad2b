import { alreadyExists } from "../faults.ts";
import { onUser } from "../iam-rules.ts";
import { hashNewPassword, loginUserOf } from "../login-profile.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html */
export const createLoginProfile: IamRow<"CreateLoginProfile"> = {
  iam: onUser("iam:CreateLoginProfile"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const { models, clock } = resources;
      const user = await loginUserOf(resources, ctx, input.UserName);
      const held = await models.iamLoginProfile.findUnique({ where: { userId: user.id } });
      if (held !== null) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
      const hashed = await hashNewPassword(input.Password ?? "", user);
      const createdAtMs = clock.now();
      const passwordResetRequired = input.PasswordResetRequired ?? false;
      await models.iamLoginProfile.create({
        data: { userId: user.id, accountId: user.accountId, ...hashed, passwordResetRequired, createdAtMs },
      });
      return {
        LoginProfile: { UserName: user.name, CreateDate: new Date(createdAtMs), PasswordResetRequired: passwordResetRequired },
      };
    }),
};
