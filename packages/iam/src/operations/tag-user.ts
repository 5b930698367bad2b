import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { parseTags, withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html */
export const tagUser: IamRow<"TagUser"> = {
  iam: onUser("iam:TagUser"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const user = await findEntity(models, ctx, "user", input.UserName);
      const tags = JSON.stringify(withTags(parseTags(user.tags), input.Tags));
      await models.iamEntity.update({ where: { id: user.id }, data: { tags } });
      return {};
    }),
};
