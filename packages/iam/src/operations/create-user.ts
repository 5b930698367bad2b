import { newIamId } from "@mayfly/kernel";
import { findAttachable } from "../attachments.ts";
import { insertEntity } from "../entity.ts";
import { onNew } from "../iam-rules.ts";
import type { IamRow } from "../resources.ts";
import { shapeUser } from "../shape-entity.ts";
import { withTags } from "../tags.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const createUser: IamRow<"CreateUser"> = {
  iam: onNew("iam:CreateUser", "user", (input) => input.UserName),
  run: ({ models, clock, change }, ctx, input) =>
    change(async () => {
      if (input.PermissionsBoundary !== undefined) await findAttachable(models, ctx.accountId, input.PermissionsBoundary);
      const user = await insertEntity(models, "user", {
        id: newIamId("AIDA"),
        accountId: ctx.accountId,
        name: input.UserName,
        path: input.Path ?? "/",
        createdAtMs: clock.now(),
        tags: JSON.stringify(withTags({}, input.Tags)),
        permissionsBoundary: input.PermissionsBoundary ?? null,
        description: null,
        trustPolicy: null,
        maxSessionDurationSeconds: null,
      });
      return { User: shapeUser(user) };
    }),
};
