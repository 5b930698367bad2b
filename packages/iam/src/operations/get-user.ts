import type { Models } from "@mayfly/db";
import { callerName } from "../access-key.ts";
import { findEntity } from "../entity.ts";
import { onUser } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { shapeUser } from "../shape-entity.ts";

/** The account's age, as far as IAM knows it: that of its oldest user or role. */
async function firstSeenMs(models: Models, accountId: string): Promise<number> {
  const oldest = await models.iamEntity.findFirst({ where: { accountId }, orderBy: { createdAtMs: "asc" } });
  return oldest?.createdAtMs ?? 0;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser: IamRow<"GetUser"> = {
  iam: onUser("iam:GetUser"),
  run: async ({ models }, ctx, input) => {
    const name = input.UserName ?? callerName(ctx);
    if (name !== undefined) return { User: shapeUser(await findEntity(models, ctx, "user", name)) };
    const { arn, userId } = ctx.principal;
    const CreateDate = new Date(await firstSeenMs(models, ctx.accountId));
    return { User: { Path: undefined, UserName: undefined, UserId: userId, Arn: arn, CreateDate } };
  },
};
