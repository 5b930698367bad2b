import { onUser } from "../iam-rules.ts";
import { findLoginProfile, hashNewPassword, loginUserOf } from "../login-profile.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html */
export const updateLoginProfile: IamRow<"UpdateLoginProfile"> = {
  iam: onUser("iam:UpdateLoginProfile"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const user = await loginUserOf(resources, ctx, input.UserName);
      await findLoginProfile(resources, user);
      const data = {
        ...(input.Password !== undefined && (await hashNewPassword(input.Password, user))),
        ...(input.PasswordResetRequired !== undefined && { passwordResetRequired: input.PasswordResetRequired }),
      };
      await resources.models.iamLoginProfile.update({ where: { userId: user.id }, data });
      return {};
    }),
};
