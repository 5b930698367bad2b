import { onUser } from "../iam-rules.ts";
import { findLoginProfile, loginUserOf } from "../login-profile.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export const getLoginProfile: IamRow<"GetLoginProfile"> = {
  iam: onUser("iam:GetLoginProfile"),
  run: async (resources, ctx, input) => {
    const user = await loginUserOf(resources, ctx, input.UserName);
    const { createdAtMs, passwordResetRequired } = await findLoginProfile(resources, user);
    return {
      LoginProfile: { UserName: user.name, CreateDate: new Date(createdAtMs), PasswordResetRequired: passwordResetRequired },
    };
  },
};
