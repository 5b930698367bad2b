import { keyOwnerOf, requireKey } from "../access-key.ts";
import { validationError } from "../faults.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const updateAccessKey: IamRow<"UpdateAccessKey"> = {
  iam: onUser("iam:UpdateAccessKey"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      if (input.Status !== "Active" && input.Status !== "Inactive")
        throw validationError("Invalid Status for access key. Valid values: Active, Inactive.");
      await requireKey(resources, await keyOwnerOf(resources, ctx, input.UserName), input.AccessKeyId);
      await resources.models.iamAccessKey.update({ where: { accessKeyId: input.AccessKeyId }, data: { status: input.Status } });
      return {};
    }),
};
