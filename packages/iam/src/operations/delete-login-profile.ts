import { onUser } from "../iam-rules.ts";
import { findLoginProfile, loginUserOf } from "../login-profile.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html */
export const deleteLoginProfile: IamRow<"DeleteLoginProfile"> = {
  iam: onUser("iam:DeleteLoginProfile"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const user = await loginUserOf(resources, ctx, input.UserName);
      await findLoginProfile(resources, user);
      await resources.models.iamLoginProfile.delete({ where: { userId: user.id } });
      return {};
    }),
};
