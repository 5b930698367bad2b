import { findEntity } from "../entity.ts";
import { onRole } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { parseTags, withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html */
export const tagRole: IamRow<"TagRole"> = {
  iam: onRole("iam:TagRole"),
  run: ({ models, change }, ctx, input) =>
    change(async () => {
      const role = await findEntity(models, ctx, "role", input.RoleName);
      const tags = JSON.stringify(withTags(parseTags(role.tags), input.Tags));
      await models.iamEntity.update({ where: { id: role.id }, data: { tags } });
      return {};
    }),
};
