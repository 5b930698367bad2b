import { newIamId } from "@mayfly/kernel";
import { findAttachable } from "../attachments.ts";
import { insertEntity } from "../entity.ts";
import { onNew } from "../iam-rules.ts";
import { iamLimits } from "../limits.ts";
import type { IamRow } from "../resources.ts";
import { shapeRole } from "../shape-entity.ts";
import { withTags } from "../tags.ts";
import { checkTrustPolicy } from "../trust-policy.ts";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const createRole: IamRow<"CreateRole"> = {
  iam: onNew("iam:CreateRole", "role", (input) => input.RoleName),
  run: ({ models, clock, change }, ctx, input) =>
    change(async () => {
      await checkTrustPolicy(models, ctx.accountId, input.AssumeRolePolicyDocument);
      if (input.PermissionsBoundary !== undefined) await findAttachable(models, ctx.accountId, input.PermissionsBoundary);
      const role = await insertEntity(models, "role", {
        id: newIamId("AROA"),
        accountId: ctx.accountId,
        name: input.RoleName,
        path: input.Path ?? "/",
        createdAtMs: clock.now(),
        tags: JSON.stringify(withTags({}, input.Tags)),
        permissionsBoundary: input.PermissionsBoundary ?? null,
        description: input.Description ?? null,
        trustPolicy: input.AssumeRolePolicyDocument,
        maxSessionDurationSeconds: input.MaxSessionDuration ?? iamLimits.defaultSessionSeconds,
      });
      return { Role: shapeRole(role) };
    }),
};
