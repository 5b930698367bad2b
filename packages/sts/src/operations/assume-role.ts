import { issueSession } from "@mayfly/iam";
import {
  AccessDenied,
  Fault,
  formatArn,
  type Checked,
  type ConditionKeys,
  type OperationRow,
  type Principal,
  type RequestContext,
} from "@mayfly/kernel";
import type { AssumeRoleRequest, AssumeRoleResponse } from "@mayfly/wire/sts";
import { toCredentials } from "../credentials-output.ts";
import { stsLimits } from "../limits.ts";
import { refuseSecondFactor } from "../second-factor.ts";
import type { RoleRecord, StsResources } from "../resources.ts";
import { parseRoleArn } from "../role-arn.ts";
import { packedSize, readSessionPolicy } from "../session-policy.ts";
import { requestTags, sessionTags } from "../session-tags.ts";

type Input = Checked<AssumeRoleRequest>;

async function run(resources: StsResources, ctx: RequestContext, input: Input): Promise<AssumeRoleResponse> {
  const role = await findRole(resources, input);
  // Where permissions are not enforced, a role that is not there is still refused, and in the same words.
  if (role === undefined)
    throw new AccessDenied(`User: ${ctx.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`);
  refuseSecondFactor(input);
  await authorizeExtras(resources, ctx, input, role);
  const durationSeconds = sessionDuration(ctx.principal, role, input.DurationSeconds);
  const { accountId, roleName } = parseRoleArn(role.arn);
  const { tags, transitiveTagKeys } = sessionTags(ctx.principal, input);
  const PackedPolicySize = packedSize(input.Policy, requestTags(input));
  const sessionPolicy = await readSessionPolicy(resources, accountId, input);
  const sourceIdentity = sourceIdentityOf(ctx.principal, input);
  const principal: Principal = {
    kind: "assumed-role",
    accountId,
    arn: formatArn({ service: "sts", region: "", accountId, resource: `assumed-role/${roleName}/${input.RoleSessionName}` }),
    userId: `${role.id}:${input.RoleSessionName}`,
    roleName,
    sessionName: input.RoleSessionName,
    ...(sessionPolicy !== undefined && { sessionPolicy }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(Object.keys(tags).length > 0 && { tags, transitiveTagKeys }),
  };
  return {
    Credentials: toCredentials(issueSession(resources.keyring, principal, resources.clock.now(), durationSeconds)),
    AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
    ...(PackedPolicySize !== undefined && { PackedPolicySize }),
    ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
  };
}

/** The role of exactly this ARN, path included. */
async function findRole({ directory }: StsResources, { RoleArn }: Input): Promise<RoleRecord | undefined> {
  const { accountId, roleName } = parseRoleArn(RoleArn);
  const role = await directory.role(accountId, roleName);
  return role?.arn === RoleArn ? role : undefined;
}

/** Tags and a source identity are permissions of their own, which the trust policy must give, too. */
async function authorizeExtras(resources: StsResources, ctx: RequestContext, input: Input, role: RoleRecord): Promise<void> {
  const asked = [
    ...(input.Tags?.length ? ["sts:TagSession"] : []),
    ...(input.SourceIdentity === undefined ? [] : ["sts:SetSourceIdentity"]),
  ];
  const keys = conditionKeys(ctx, input);
  for (const action of asked) {
    await ctx.authorize({
      action,
      resource: role.arn,
      conditionKeys: keys,
      resourcePolicy: role.trustPolicy,
      grantedBy: "resource-policy",
    });
  }
}

const invalid = (message: string): Fault => new Fault("ValidationError", message, { status: 400 });

/** AWS's own services take roles for as long as they need; sessions pass roles on for an hour only. */
function sessionDuration(caller: Principal, role: RoleRecord, asked: number | undefined): number {
  const durationSeconds = asked ?? stsLimits.defaultRoleSessionSeconds;
  if (caller.kind === "service") return Math.min(durationSeconds, stsLimits.serviceRoleSessionSeconds);
  if (caller.kind === "assumed-role" && durationSeconds > stsLimits.chainedRoleSessionSeconds) {
    throw invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
  }
  if (durationSeconds > role.maxSessionDurationSeconds)
    throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  return durationSeconds;
}

/** Once set, it stays for every session made from this one. */
function sourceIdentityOf(caller: Principal, { SourceIdentity }: Input): string | undefined {
  const inherited = caller.kind === "assumed-role" ? caller.sourceIdentity : undefined;
  if (inherited !== undefined && SourceIdentity !== undefined && SourceIdentity !== inherited) {
    throw invalid("The source identity is already set for this assume role session");
  }
  return inherited ?? SourceIdentity;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html */
function conditionKeys(_ctx: RequestContext, input: Input): ConditionKeys {
  const tags = requestTags(input);
  return {
    "sts:RoleSessionName": [input.RoleSessionName],
    "sts:ExternalId": input.ExternalId === undefined ? undefined : [input.ExternalId],
    "sts:SourceIdentity": input.SourceIdentity === undefined ? undefined : [input.SourceIdentity],
    "sts:TransitiveTagKeys": input.TransitiveTagKeys?.length ? input.TransitiveTagKeys : undefined,
    "aws:TagKeys": Object.keys(tags).length > 0 ? Object.keys(tags) : undefined,
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, [value]])),
  };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRole: OperationRow<StsResources, AssumeRoleRequest, AssumeRoleResponse> = {
  run,
  iam: {
    action: "sts:AssumeRole",
    resource: (_ctx, input) => {
      parseRoleArn(input.RoleArn);
      return input.RoleArn;
    },
    conditionKeys,
    resourcePolicy: async (_ctx, input, resources) => (await findRole(resources, input))?.trustPolicy,
    grantedBy: "resource-policy",
  },
};
