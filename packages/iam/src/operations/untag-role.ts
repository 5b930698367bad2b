import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { parseTags, withoutTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html */
export const untagRole: IamRow<"UntagRole"> = {
  iam: onRole("iam:UntagRole"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      const tags = JSON.stringify(withoutTags(parseTags(role.tags), input.TagKeys));
      await models.iamEntity.update({ where: { id: role.id }, data: { tags } });
      return {};
    }),
};
