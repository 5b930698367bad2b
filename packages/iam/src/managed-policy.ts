import type { Models } from "@mayfly/db";
import { AccessDenied, formatArn, parseArn, type RequestContext } from "@mayfly/kernel";
import type { Policy } from "@mayfly/wire/iam";
import { nameKeyOf } from "./entity.ts";
import { encodeDocument } from "./document-text.ts";
import { invalidInput, noSuchEntity } from "./faults.ts";
import { awsManagedPolicies } from "./managed-policies/index.ts";
import { tagsIfAny } from "./tags.ts";

/** A managed policy: a customer's as it is stored, or one of AWS's. */
export interface ManagedPolicy {
  readonly id: string;
  /** `aws` for AWS's own. */
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly description: string | null;
  readonly defaultVersion: number;
  readonly lastVersion: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly tags: string;
}

/** One version of it. */
export interface ManagedPolicyVersion {
  readonly versionNumber: number;
  readonly document: string;
  readonly createdAtMs: number;
}

export const policyArn = ({ accountId, path, name }: Pick<ManagedPolicy, "accountId" | "path" | "name">): string =>
  formatArn({ service: "iam", region: "", accountId, resource: `policy${path}${name}` });

/** The policy of an ARN: the account's own or AWS's. @throws Fault InvalidInput for what is no policy's ARN */
export async function lookUpPolicy(models: Models, accountId: string, arn: string): Promise<ManagedPolicy | undefined> {
  const parsed = parseArn(arn);
  if (parsed?.service !== "iam" || !parsed.resource.startsWith("policy/")) throw invalidInput(`ARN ${arn} is not valid.`);
  if (parsed.accountId === "aws") return awsManagedPolicies.get(arn)?.policy;
  if (parsed.accountId !== accountId) return undefined;
  const name = parsed.resource.slice(parsed.resource.lastIndexOf("/") + 1);
  const policy = await models.iamPolicy.findUnique({ where: { accountId_nameKey: { accountId, nameKey: nameKeyOf(name) } } });
  return policy !== null && policyArn(policy) === arn ? policy : undefined;
}

/** @throws Fault NoSuchEntity, InvalidInput */
export async function findPolicy(models: Models, { accountId }: Pick<RequestContext, "accountId">, arn: string): Promise<ManagedPolicy> {
  const policy = await lookUpPolicy(models, accountId, arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** One that the account may change. @throws AccessDenied for AWS's; Fault NoSuchEntity, InvalidInput */
export async function findOwnPolicy(models: Models, ctx: RequestContext, arn: string, action: string): Promise<ManagedPolicy> {
  const policy = await findPolicy(models, ctx, arn);
  if (policy.accountId === "aws")
    throw new AccessDenied(`User: ${ctx.principal.arn} is not authorized to perform: ${action} on resource: policy ${arn}`);
  return policy;
}

/** All that are kept of it. */
export async function versionsOf(models: Models, policy: ManagedPolicy): Promise<readonly ManagedPolicyVersion[]> {
  const aws = awsManagedPolicies.get(policyArn(policy));
  return aws ? [aws.version] : models.iamPolicyVersion.findMany({ where: { policyId: policy.id } });
}

/** @param versionId `v3` @throws Fault NoSuchEntity */
export async function findVersion(models: Models, policy: ManagedPolicy, versionId: string): Promise<ManagedPolicyVersion> {
  const version = (await versionsOf(models, policy)).find(({ versionNumber }) => `v${versionNumber}` === versionId);
  if (version === undefined) throw noSuchEntity(`Policy ${policyArn(policy)} version ${versionId} does not exist or is not attachable.`);
  return version;
}

/** How often an account uses it. */
export interface PolicyUsage {
  readonly attachments: number;
  readonly boundaries: number;
}

export async function usageOf(models: Models, accountId: string, arn: string): Promise<PolicyUsage> {
  const [attachments, boundaries] = await Promise.all([
    models.iamAttachment.count({ where: { accountId, policyArn: arn } }),
    models.iamEntity.count({ where: { accountId, permissionsBoundary: arn } }),
  ]);
  return { attachments, boundaries };
}

/** As the list has it: without description and tags. */
export function shapePolicyInList(policy: ManagedPolicy, usage: PolicyUsage): Policy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policyArn(policy),
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    AttachmentCount: usage.attachments,
    PermissionsBoundaryUsageCount: usage.boundaries,
    IsAttachable: true,
    CreateDate: new Date(policy.createdAtMs),
    UpdateDate: new Date(policy.updatedAtMs),
  };
}

export const shapePolicy = (policy: ManagedPolicy, usage: PolicyUsage): Policy => ({
  ...shapePolicyInList(policy, usage),
  ...(policy.description !== null && { Description: policy.description }),
  ...tagsIfAny(policy.tags),
});

export const shapeVersionInList = (policy: ManagedPolicy, { versionNumber, createdAtMs }: ManagedPolicyVersion) => ({
  VersionId: `v${versionNumber}`,
  IsDefaultVersion: versionNumber === policy.defaultVersion,
  CreateDate: new Date(createdAtMs),
});

export const shapeVersion = (policy: ManagedPolicy, version: ManagedPolicyVersion) => ({
  Document: encodeDocument(version.document),
  ...shapeVersionInList(policy, version),
});
