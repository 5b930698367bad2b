import { Fault } from "@mayfly/kernel";
import type { Models } from "@mayfly/db";
import { encodeDocument } from "./document-text.ts";
import type { Entity, EntityKind } from "./entity.ts";
import { noSuchEntity } from "./faults.ts";
import { iamLimits } from "./limits.ts";
import { policyCharacters, readPolicy } from "./policy-grammar.ts";

const notFound = (entity: Entity, name: string): Fault => noSuchEntity(`The ${entity.kind} policy with name ${name} cannot be found.`);

/** Embeds a policy in a user or role. @throws Fault MalformedPolicyDocument, LimitExceeded */
export async function putInlinePolicy(models: Models, entity: Entity, policyName: string, document: string): Promise<void> {
  readPolicy(document, "identity");
  const others = await models.iamInlinePolicy.findMany({ where: { entityId: entity.id, policyName: { not: policyName } } });
  const used = others.reduce((sum, other) => sum + policyCharacters(other.document), policyCharacters(document));
  const limit = iamLimits.inlinePolicyCharacters[entity.kind as EntityKind];
  if (used > limit) throw new Fault("LimitExceeded", `Maximum policy size of ${limit} bytes exceeded for ${entity.kind} ${entity.name}`);
  await models.iamInlinePolicy.upsert({
    where: { entityId_policyName: { entityId: entity.id, policyName } },
    create: { accountId: entity.accountId, entityId: entity.id, policyName, document },
    update: { document },
  });
}

/** @throws Fault NoSuchEntity */
export async function getInlinePolicy(models: Models, entity: Entity, policyName: string) {
  const policy = await models.iamInlinePolicy.findUnique({ where: { entityId_policyName: { entityId: entity.id, policyName } } });
  if (policy === null) throw notFound(entity, policyName);
  return { PolicyName: policyName, PolicyDocument: encodeDocument(policy.document) };
}

/** @throws Fault NoSuchEntity */
export async function deleteInlinePolicy(models: Models, entity: Entity, policyName: string): Promise<void> {
  const { count } = await models.iamInlinePolicy.deleteMany({ where: { entityId: entity.id, policyName } });
  if (count === 0) throw notFound(entity, policyName);
}

/** The names of an entity's embedded policies. */
export async function inlinePolicyNames(models: Models, entity: Entity): Promise<readonly string[]> {
  return (await models.iamInlinePolicy.findMany({ where: { entityId: entity.id } })).map(({ policyName }) => policyName);
}
