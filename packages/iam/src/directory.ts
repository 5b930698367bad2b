import type { Models } from "@mayfly/db";
import { rootPrincipal, type PolicyDocument, type Principal } from "@mayfly/kernel";
import { createLRU } from "lru.min";
import type { PolicyDirectory, PolicyHolder } from "./authorization/index.ts";
import { openSecret, rootOwner } from "./access-key.ts";
import { entityArn, lookUpEntity, type Entity, type EntityKind } from "./entity.ts";
import { iamLimits } from "./limits.ts";
import { lookUpPolicy, versionsOf } from "./managed-policy.ts";
import type { Keyring } from "./keyring.ts";
import type { AccessKeyDirectory, LongLivedKey } from "./sessions/index.ts";

/** A role as STS and Lambda need it. */
export interface DirectoryRole {
  /** With its path. */
  readonly arn: string;
  /** `AROA...` */
  readonly id: string;
  readonly trustPolicy: PolicyDocument;
  readonly maxSessionDurationSeconds: number;
}

/**
 * What authorization, STS and the credentials resolver read of IAM; undefined for what does not exist. Answered from memory until
 * something in IAM changes. Parsed documents are the same objects until then.
 */
export interface IdentityDirectory extends AccessKeyDirectory, PolicyDirectory {
  accessKey(accessKeyId: string): Promise<LongLivedKey | undefined>;
  role(accountId: string, roleName: string): Promise<DirectoryRole | undefined>;
  userPolicies(accountId: string, userName: string): Promise<PolicyHolder | undefined>;
  rolePolicies(accountId: string, roleName: string): Promise<PolicyHolder | undefined>;
  /** The default version of a managed policy: the account's own, or one of AWS's. */
  managedPolicy(accountId: string, policyArn: string): Promise<PolicyDocument | undefined>;
}

/** The directory, and how it is told that IAM changed. */
export function createDirectory(models: Models, keyring: Keyring): { directory: IdentityDirectory; drop: () => void } {
  const { remember, drop } = createMemory();
  const directory: IdentityDirectory = {
    accessKey: (id) => remember(["key", id], () => loadAccessKey(models, keyring, id)),
    role: (accountId, name) => remember(["role", accountId, name], () => loadRole(models, accountId, name)),
    userPolicies: (accountId, name) => remember(["user-policies", accountId, name], () => loadPolicies(models, accountId, "user", name)),
    rolePolicies: (accountId, name) => remember(["role-policies", accountId, name], () => loadPolicies(models, accountId, "role", name)),
    managedPolicy: (accountId, arn) => remember(["managed", accountId, arn], () => loadManagedPolicy(models, accountId, arn)),
  };
  return { directory, drop };
}

/**
 * Keeps the promise of each load. A load that began before a change lands in a memory that the change threw away, so no later
 * reader sees what it found.
 */
function createMemory() {
  const newCache = () => createLRU<string, Promise<unknown>>({ max: iamLimits.cachedAnswersCount });
  let cache = newCache();
  return {
    drop: () => void (cache = newCache()),
    remember: <T>(question: readonly string[], load: () => Promise<T>): Promise<T> => {
      const key = JSON.stringify(question);
      const known = cache.get(key);
      if (known !== undefined) return known as Promise<T>;
      const here = cache;
      const answer = load();
      here.set(key, answer);
      answer.catch(() => here.delete(key));
      return answer;
    },
  };
}

async function loadAccessKey(models: Models, keyring: Keyring, accessKeyId: string): Promise<LongLivedKey | undefined> {
  const key = await models.iamAccessKey.findUnique({ where: { accessKeyId } });
  if (key === null) return undefined;
  const principal = await loadOwner(models, key.accountId, key.ownerId);
  return principal && { principal, secretAccessKey: openSecret(keyring, key), active: key.status === "Active" };
}

async function loadOwner(models: Models, accountId: string, ownerId: string): Promise<Principal | undefined> {
  if (ownerId === rootOwner) return rootPrincipal(accountId);
  const user = await models.iamEntity.findUnique({ where: { id: ownerId } });
  return user === null ? undefined : { kind: "user", accountId, arn: entityArn(user), userId: user.id, userName: user.name };
}

async function loadRole(models: Models, accountId: string, name: string): Promise<DirectoryRole | undefined> {
  const role = await lookUpEntity(models, accountId, "role", name);
  if (role === undefined) return undefined;
  return {
    arn: entityArn(role),
    id: role.id,
    trustPolicy: parse(role.trustPolicy ?? ""),
    maxSessionDurationSeconds: role.maxSessionDurationSeconds ?? iamLimits.defaultSessionSeconds,
  };
}

async function loadPolicies(models: Models, accountId: string, kind: EntityKind, name: string): Promise<PolicyHolder | undefined> {
  const entity = await lookUpEntity(models, accountId, kind, name);
  if (entity === undefined) return undefined;
  const [inline, attached, permissionsBoundary] = await Promise.all([
    models.iamInlinePolicy.findMany({ where: { entityId: entity.id } }),
    loadAttached(models, entity),
    entity.permissionsBoundary === null ? undefined : loadBoundary(models, accountId, entity.permissionsBoundary),
  ]);
  const policies = [...inline.map(({ document }) => parse(document)), ...attached];
  return { arn: entityArn(entity), id: entity.id, policies, permissionsBoundary };
}

async function loadAttached(models: Models, entity: Entity): Promise<readonly PolicyDocument[]> {
  const rows = await models.iamAttachment.findMany({ where: { entityId: entity.id } });
  const documents = await Promise.all(rows.map(({ policyArn }) => loadManagedPolicy(models, entity.accountId, policyArn)));
  return documents.filter((document) => document !== undefined);
}

/** A boundary that can't be found allows nothing. */
async function loadBoundary(models: Models, accountId: string, arn: string): Promise<PolicyDocument> {
  return (await loadManagedPolicy(models, accountId, arn)) ?? { Version: "2012-10-17", Statement: [] };
}

async function loadManagedPolicy(models: Models, accountId: string, arn: string): Promise<PolicyDocument | undefined> {
  const policy = await lookUpPolicy(models, accountId, arn);
  if (policy === undefined) return undefined;
  const version = (await versionsOf(models, policy)).find(({ versionNumber }) => versionNumber === policy.defaultVersion);
  return version && parse(version.document);
}

const parse = (document: string): PolicyDocument => JSON.parse(document) as PolicyDocument;
