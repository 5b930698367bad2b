import { UniqueViolation, type Models } from "@mayfly/db";
import { formatArn, type RequestContext } from "@mayfly/kernel";
import type { AttachedPermissionsBoundary } from "@mayfly/wire/iam";
import { alreadyExists, deleteConflict, noSuchEntity, overQuota } from "./faults.ts";
import { iamLimits } from "./limits.ts";

export type EntityKind = "user" | "role";

/** A stored user or role; see prisma/models/iam.prisma. */
export interface Entity {
  readonly id: string;
  readonly accountId: string;
  readonly kind: string;
  readonly name: string;
  readonly nameKey: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly tags: string;
  readonly permissionsBoundary: string | null;
  readonly trustPolicy: string | null;
  readonly description: string | null;
  readonly maxSessionDurationSeconds: number | null;
}

const words = {
  user: { title: "User", quota: "UsersPerAccount", limit: iamLimits.usersPerAccountCount },
  role: { title: "Role", quota: "RolesPerAccount", limit: iamLimits.rolesPerAccountCount },
} as const;

/** Names are unique without regard to case. */
export const nameKeyOf = (name: string): string => name.toLowerCase();

export const entityArn = ({ accountId, kind, path, name }: Pick<Entity, "accountId" | "kind" | "path" | "name">): string =>
  formatArn({ service: "iam", region: "", accountId, resource: `${kind}${path}${name}` });

/** The user or role of that name; undefined if there is none. */
export async function lookUpEntity(models: Models, accountId: string, kind: EntityKind, name: string): Promise<Entity | undefined> {
  const where = { accountId_kind_nameKey: { accountId, kind, nameKey: nameKeyOf(name) } };
  return (await models.iamEntity.findUnique({ where })) ?? undefined;
}

/** @throws Fault NoSuchEntity */
export async function findEntity(
  models: Models,
  { accountId }: Pick<RequestContext, "accountId">,
  kind: EntityKind,
  name: string,
): Promise<Entity> {
  const entity = await lookUpEntity(models, accountId, kind, name);
  if (entity === undefined) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
  return entity;
}

/** @throws Fault EntityAlreadyExists, LimitExceeded */
export async function insertEntity(models: Models, kind: EntityKind, entity: Omit<Entity, "kind" | "nameKey">): Promise<Entity> {
  const { title, quota, limit } = words[kind];
  const data = { ...entity, kind, nameKey: nameKeyOf(entity.name) };
  if (await lookUpEntity(models, entity.accountId, kind, entity.name))
    throw alreadyExists(`${title} with name ${entity.name} already exists.`);
  if ((await models.iamEntity.count({ where: { accountId: entity.accountId, kind } })) >= limit) throw overQuota(quota, limit);
  await refuseDuplicate(models.iamEntity.create({ data }), `${title} with name ${entity.name} already exists.`);
  return data;
}

/** @throws Fault EntityAlreadyExists with the message, where a row with that key exists */
export async function refuseDuplicate(write: PromiseLike<unknown>, message: string): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof UniqueViolation ? alreadyExists(message) : error;
  }
}

/** Removes a user or role that holds nothing any more. @throws Fault DeleteConflict */
export async function deleteEntity(models: Models, { id: entityId }: Entity): Promise<void> {
  if ((await models.iamAttachment.count({ where: { entityId } })) > 0)
    throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if ((await models.iamInlinePolicy.count({ where: { entityId } })) > 0)
    throw deleteConflict("Cannot delete entity, must delete policies first.");
  if ((await models.iamAccessKey.count({ where: { ownerId: entityId } })) > 0)
    throw deleteConflict("Cannot delete entity, must delete access keys first.");
  if ((await models.iamLoginProfile.count({ where: { userId: entityId } })) > 0)
    throw deleteConflict("Cannot delete entity, must delete login profile first.");
  await models.iamEntity.delete({ where: { id: entityId } });
}

/** Users or roles of the account under a path. */
export async function listEntities(models: Models, accountId: string, kind: EntityKind, pathPrefix = "/"): Promise<readonly Entity[]> {
  const entities: readonly Entity[] = await models.iamEntity.findMany({ where: { accountId, kind } });
  return entities.filter(({ path }) => path.startsWith(pathPrefix));
}

export const boundaryIfAny = ({ permissionsBoundary }: Entity): { PermissionsBoundary?: AttachedPermissionsBoundary } =>
  permissionsBoundary === null
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: "Policy" as "PermissionsBoundaryPolicy",
          PermissionsBoundaryArn: permissionsBoundary,
        },
      };
