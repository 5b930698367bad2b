import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { parseTags, withoutTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html */
export const untagUser: IamRow<"UntagUser"> = {
  iam: onUser("iam:UntagUser"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      const tags = JSON.stringify(withoutTags(parseTags(user.tags), input.TagKeys));
      await models.iamEntity.update({ where: { id: user.id }, data: { tags } });
      return {};
    }),
};
