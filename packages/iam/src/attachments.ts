import type { Models } from "@mayfly/db";
import { noSuchEntity, overQuota } from "./faults.ts";
import type { Entity, EntityKind } from "./entity.ts";
import { iamLimits } from "./limits.ts";
import { lookUpPolicy, policyArn, type ManagedPolicy } from "./managed-policy.ts";

const quotas = { user: "AttachedPoliciesPerUser", role: "AttachedPoliciesPerRole" } as const;

/** A policy that may be attached or be a boundary. @throws Fault NoSuchEntity, InvalidInput */
export async function findAttachable(models: Models, accountId: string, arn: string): Promise<ManagedPolicy> {
  const policy = await lookUpPolicy(models, accountId, arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

/** Attaching what is attached already is no error. @throws Fault NoSuchEntity, InvalidInput, LimitExceeded */
export async function attachPolicy(models: Models, entity: Entity, arn: string): Promise<void> {
  await findAttachable(models, entity.accountId, arn);
  const others = await models.iamAttachment.count({ where: { entityId: entity.id, policyArn: { not: arn } } });
  const kind = entity.kind as EntityKind;
  const limit = iamLimits.attachedPoliciesCount[kind];
  if (others >= limit) throw overQuota(quotas[kind], limit);
  await models.iamAttachment.upsert({
    where: { entityId_policyArn: { entityId: entity.id, policyArn: arn } },
    create: { accountId: entity.accountId, entityId: entity.id, policyArn: arn },
    update: {},
  });
}

/** @throws Fault NoSuchEntity, InvalidInput */
export async function detachPolicy(models: Models, entity: Entity, arn: string): Promise<void> {
  await lookUpPolicy(models, entity.accountId, arn);
  const { count } = await models.iamAttachment.deleteMany({ where: { entityId: entity.id, policyArn: arn } });
  if (count === 0) throw noSuchEntity(`Policy ${arn} was not found.`);
}

/** The managed policies of a user or role, those under a path. */
export async function attachedPolicies(models: Models, entity: Entity, pathPrefix = "/") {
  const rows = await models.iamAttachment.findMany({ where: { entityId: entity.id } });
  const found = await Promise.all(rows.map((row) => lookUpPolicy(models, entity.accountId, row.policyArn)));
  return found
    .filter((policy) => policy !== undefined)
    .filter(({ path }) => path.startsWith(pathPrefix))
    .map((policy) => ({ PolicyName: policy.name, PolicyArn: policyArn(policy) }));
}
