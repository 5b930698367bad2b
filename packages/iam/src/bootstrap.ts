import { newIamId, rootPrincipal } from "@mayfly/kernel";
import { createKey, rootOwner } from "./access-key.ts";
import { attachPolicy } from "./attachments.ts";
import { insertEntity, lookUpEntity } from "./entity.ts";
import { iamLimits } from "./limits.ts";
import type { IamResources } from "./resources.ts";

const trustLambda = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** An access key as only its maker sees it. */
export interface NewRootKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * Sets an account up: a root access key and the role `execution_role`, if it is not there. Where root has as many keys as it may
 * (their file was lost), the oldest makes room.
 */
export function bootstrapAccount(resources: IamResources, accountId: string): Promise<NewRootKey> {
  return resources.change(async () => {
    await ensureExecutionRole(resources, accountId);
    const { models } = resources;
    const keys = await models.iamAccessKey.findMany({ where: { accountId, ownerId: rootOwner }, orderBy: { createdAtMs: "asc" } });
    const [oldest] = keys;
    if (oldest && keys.length >= iamLimits.accessKeysPerUserCount)
      await models.iamAccessKey.delete({ where: { accessKeyId: oldest.accessKeyId } });
    const { accessKeyId, secretAccessKey } = await createKey(resources, {
      ...rootPrincipal(accountId),
      ownerId: rootOwner,
      userName: undefined,
    });
    return { accessKeyId, secretAccessKey };
  });
}

async function ensureExecutionRole({ models, clock }: IamResources, accountId: string): Promise<void> {
  const name = "execution_role";
  // A start that was cut short may have made the role and not yet given it its policy.
  const before = await lookUpEntity(models, accountId, "role", name);
  if (before && (await models.iamAttachment.count({ where: { entityId: before.id } })) > 0) return;
  const role =
    before ??
    (await insertEntity(models, "role", {
      id: newIamId("AROA"),
      accountId,
      name,
      path: "/",
      createdAtMs: clock.now(),
      tags: "{}",
      permissionsBoundary: null,
      trustPolicy: JSON.stringify(trustLambda),
      description: null,
      maxSessionDurationSeconds: iamLimits.defaultSessionSeconds,
    }));
  await attachPolicy(models, role, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole");
}
