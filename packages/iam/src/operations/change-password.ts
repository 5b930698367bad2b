import { AccessDenied, noConditionKeys } from "@mayfly/kernel";
import { findLoginProfile, hashNewPassword, isPassword, loginUserOf } from "../login-profile.ts";
import type { IamRow } from "../resources.ts";

/** The caller's own password. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html */
export const changePassword: IamRow<"ChangePassword"> = {
  iam: { action: "iam:ChangePassword", resource: (ctx) => ctx.principal.arn, conditionKeys: noConditionKeys },
  run: (resources, ctx, { OldPassword, NewPassword }) =>
    resources.change(async () => {
      const user = await loginUserOf(resources, ctx, undefined);
      const profile = await findLoginProfile(resources, user);
      if (!(await isPassword(OldPassword, profile))) throw new AccessDenied("The old password was incorrect.");
      const hashed = await hashNewPassword(NewPassword, user);
      await resources.models.iamLoginProfile.update({ where: { userId: user.id }, data: { ...hashed, passwordResetRequired: false } });
      return {};
    }),
};
