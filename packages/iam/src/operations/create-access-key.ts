import { createKey, keyOwnerOf } from "../access-key.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const createAccessKey: IamRow<"CreateAccessKey"> = {
  iam: onUser("iam:CreateAccessKey"),
  run: (resources, ctx, input) =>
    resources.change(async () => {
      const owner = await keyOwnerOf(resources, ctx, input.UserName);
      const { accessKeyId, secretAccessKey, createdAtMs } = await createKey(resources, owner);
      return {
        AccessKey: {
          UserName: owner.userName,
          AccessKeyId: accessKeyId,
          Status: "Active",
          SecretAccessKey: secretAccessKey,
          CreateDate: new Date(createdAtMs),
        },
      };
    }),
};
