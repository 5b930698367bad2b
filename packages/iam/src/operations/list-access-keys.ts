import type { StatusType } from "@mayfly/wire/iam";
import { keyOwnerOf } from "../access-key.ts";
import { onUser } from "../iam-rules.ts";
import { pageOf } from "../pages.ts";
import type { IamRow } from "../resources.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const listAccessKeys: IamRow<"ListAccessKeys"> = {
  iam: onUser("iam:ListAccessKeys"),
  run: async (resources, ctx, input) => {
    const { accountId, ownerId, userName } = await keyOwnerOf(resources, ctx, input.UserName);
    const keys = await resources.models.iamAccessKey.findMany({ where: { accountId, ownerId } });
    const { items, page } = pageOf(`ListAccessKeys:${ownerId}`, keys, ({ accessKeyId }) => accessKeyId, input);
    const AccessKeyMetadata = items.map((key) => ({
      UserName: userName,
      AccessKeyId: key.accessKeyId,
      Status: key.status as StatusType,
      CreateDate: new Date(key.createdAtMs),
    }));
    return { AccessKeyMetadata, ...page };
  },
};
