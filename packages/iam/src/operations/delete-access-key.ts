import { keyOwnerOf, requireKey } from "../access-key.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const deleteAccessKey: IamRow<"DeleteAccessKey"> = {
  iam: onUser("iam:DeleteAccessKey"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      await requireKey(resources, await keyOwnerOf(resources, ctx, input.UserName), input.AccessKeyId);
      await resources.models.iamAccessKey.delete({ where: { accessKeyId: input.AccessKeyId } });
      return {};
    }),
};
