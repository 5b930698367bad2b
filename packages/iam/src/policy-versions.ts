import type { Models } from "@mayfly/db";
import { Fault, newIamId } from "@mayfly/kernel";
import { nameKeyOf, refuseDuplicate, type Entity } from "./entity.ts";
import { alreadyExists, overQuota } from "./faults.ts";
import { iamLimits } from "./limits.ts";
import { awsManagedPolicies } from "./managed-policies/index.ts";
import { policyArn, usageOf, versionsOf, type ManagedPolicy, type ManagedPolicyVersion } from "./managed-policy.ts";
import { policyCharacters, readPolicy } from "./policy-grammar.ts";
import type { IamResources } from "./resources.ts";
import { withTags } from "./tags.ts";

/** What CreatePolicy is given. */
export interface NewPolicy {
  readonly PolicyName: string;
  readonly Path?: string | undefined;
  readonly PolicyDocument: string;
  readonly Description?: string | undefined;
  readonly Tags?: Parameters<typeof withTags>[1];
}

function checkDocument(document: string): void {
  readPolicy(document, "identity");
  const limit = iamLimits.managedPolicyCharacters;
  if (policyCharacters(document) > limit) throw overQuota("PolicySize", limit);
}

/** Makes a managed policy with its first version. @throws Fault EntityAlreadyExists, LimitExceeded, MalformedPolicyDocument */
export async function insertPolicy({ db, models, clock }: IamResources, accountId: string, input: NewPolicy): Promise<ManagedPolicy> {
  checkDocument(input.PolicyDocument);
  const createdAtMs = clock.now();
  const policy = {
    id: newIamId("ANPA"),
    accountId,
    name: input.PolicyName,
    nameKey: nameKeyOf(input.PolicyName),
    path: input.Path ?? "/",
    description: input.Description ?? null,
    defaultVersion: 1,
    lastVersion: 1,
    createdAtMs,
    updatedAtMs: createdAtMs,
    tags: JSON.stringify(withTags({}, input.Tags)),
  };
  const taken = `A policy called ${policy.name} already exists. Duplicate names are not allowed.`;
  if (await models.iamPolicy.findUnique({ where: { accountId_nameKey: { accountId, nameKey: policy.nameKey } } }))
    throw alreadyExists(taken);
  const limit = iamLimits.policiesPerAccountCount;
  if ((await models.iamPolicy.count({ where: { accountId } })) >= limit) throw overQuota("PoliciesPerAccount", limit);
  const version = { accountId, policyId: policy.id, versionNumber: 1, document: input.PolicyDocument, createdAtMs };
  const write = db.transaction((recorded) => [
    recorded.iamPolicy.create({ data: policy }),
    recorded.iamPolicyVersion.create({ data: version }),
  ]);
  await refuseDuplicate(write, taken);
  return policy;
}

/** Adds a version. @throws Fault LimitExceeded, MalformedPolicyDocument */
export async function insertVersion(
  { db, models, clock }: IamResources,
  policy: ManagedPolicy,
  document: string,
  asDefault: boolean,
): Promise<{ changed: ManagedPolicy; version: ManagedPolicyVersion }> {
  checkDocument(document);
  const limit = iamLimits.policyVersionsCount;
  if ((await versionsOf(models, policy)).length >= limit) {
    throw new Fault(
      "LimitExceeded",
      `A managed policy can have up to ${limit} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const createdAtMs = clock.now();
  const versionNumber = policy.lastVersion + 1;
  const data = {
    lastVersion: versionNumber,
    updatedAtMs: createdAtMs,
    defaultVersion: asDefault ? versionNumber : policy.defaultVersion,
  };
  const version = { accountId: policy.accountId, policyId: policy.id, versionNumber, document, createdAtMs };
  await db.transaction((recorded) => [
    recorded.iamPolicyVersion.create({ data: version }),
    recorded.iamPolicy.update({ where: { id: policy.id }, data }),
  ]);
  return { changed: { ...policy, ...data }, version };
}

/** ListPolicies' filters. */
export interface PolicyFilter {
  readonly Scope?: string | undefined;
  readonly OnlyAttached?: boolean | undefined;
  readonly PathPrefix?: string | undefined;
  readonly PolicyUsageFilter?: string | undefined;
}

/** The account's policies and AWS's, as filtered, each with its use in the account. */
export async function policiesInAccount(models: Models, accountId: string, filter: PolicyFilter) {
  const own: readonly ManagedPolicy[] = filter.Scope === "AWS" ? [] : await models.iamPolicy.findMany({ where: { accountId } });
  const aws = filter.Scope === "Local" ? [] : [...awsManagedPolicies.values()].map(({ policy }) => policy);
  const listed = [...own, ...aws].filter(({ path }) => path.startsWith(filter.PathPrefix ?? "/"));
  const used = await Promise.all(listed.map(async (policy) => ({ policy, usage: await usageOf(models, accountId, policyArn(policy)) })));
  return used
    .filter(({ usage }) => !filter.OnlyAttached || usage.attachments > 0)
    .filter(({ usage }) => filter.PolicyUsageFilter !== "PermissionsBoundary" || usage.boundaries > 0)
    .filter(({ usage }) => filter.PolicyUsageFilter !== "PermissionsPolicy" || usage.attachments > 0);
}

/** ListEntitiesForPolicy's filters. */
export interface EntityFilter {
  readonly PolicyArn: string;
  readonly EntityFilter?: string | undefined;
  readonly PathPrefix?: string | undefined;
  readonly PolicyUsageFilter?: string | undefined;
}

const kindsOf: Readonly<Record<string, readonly string[] | undefined>> = { User: ["user"], Role: ["role"], Group: [] };

/** The users and roles that a policy is attached to or the boundary of. */
export async function entitiesForPolicy(models: Models, accountId: string, filter: EntityFilter): Promise<readonly Entity[]> {
  const { PolicyArn: arn, PolicyUsageFilter: usage } = filter;
  const rows = usage === "PermissionsBoundary" ? [] : await models.iamAttachment.findMany({ where: { accountId, policyArn: arn } });
  const bounded = usage === "PermissionsPolicy" ? [] : [{ permissionsBoundary: arn }];
  const where = { accountId, OR: [{ id: { in: rows.map(({ entityId }) => entityId) } }, ...bounded] };
  const entities: readonly Entity[] = await models.iamEntity.findMany({ where });
  const kinds = kindsOf[filter.EntityFilter ?? ""];
  return entities.filter(({ kind, path }) => (kinds?.includes(kind) ?? true) && path.startsWith(filter.PathPrefix ?? "/"));
}
