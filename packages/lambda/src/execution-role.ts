import type { EnvironmentCredentials, FunctionTarget } from "@mayfly/engine";
import { AccessDenied, formatArn, isFault, servicePrincipal, type CallAs, type Clock, type Principal } from "@mayfly/kernel";
import type { AssumeRoleResponse } from "@mayfly/wire/sts";
import { invalidParameter } from "./faults.ts";
import type { FunctionKey } from "./function-name.ts";
import type { LambdaLimits } from "./limits.ts";

/** AWS's name for Lambda where a trust policy allows it a role. */
export const lambdaPrincipal = "lambda.amazonaws.com";

/** What is needed to take on an execution role. */
export interface RoleResources {
  readonly callAs: CallAs;
  readonly limits: Pick<LambdaLimits, "roleSessionSeconds">;
}

/** Asks STS for the role as Lambda does: as a service, under the function's name. */
function assumeRole({ callAs, limits }: RoleResources, key: FunctionKey, roleArn: string): Promise<AssumeRoleResponse> {
  const { accountId, region } = key;
  const principal = servicePrincipal(lambdaPrincipal, accountId);
  return callAs({ principal, accountId, region })("sts", "AssumeRole", {
    RoleArn: roleArn,
    RoleSessionName: key.functionName,
    DurationSeconds: limits.roleSessionSeconds,
  });
}

/**
 * Passes if Lambda may take on the role.
 * @throws Fault InvalidParameterValueException
 */
export async function checkRole(resources: RoleResources, key: FunctionKey, roleArn: string): Promise<void> {
  try {
    await assumeRole(resources, key, roleArn);
  } catch (error) {
    if (isFault(error) || error instanceof AccessDenied)
      throw invalidParameter("The role defined for the function cannot be assumed by Lambda.");
    throw error;
  }
}

/**
 * The engine's `credentials` hook: temporary credentials of a target's execution role.
 * @throws Fault, AccessDenied if Lambda may no longer take on the role
 */
export function executionRoleCredentials(resources: RoleResources): (target: FunctionTarget) => Promise<EnvironmentCredentials> {
  return async (target) => {
    const { Credentials } = await assumeRole(resources, target, roleOf(target));
    if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken || !Credentials.Expiration) {
      throw new Error("sts:AssumeRole answered without credentials");
    }
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
      expiresAtMs: Credentials.Expiration.getTime(),
    };
  };
}

/** Finds whom a function's code acts as; asked with a target, or with a function and its role. */
export type RolePrincipals = (holder: FunctionKey & { readonly roleArn?: string }) => Promise<Principal>;

/**
 * Finds whom a function's code acts as, for calls that are made in its name. Asks STS once a role and session lifetime.
 */
export function executionRolePrincipal(resources: RoleResources & { readonly clock: Clock }): RolePrincipals {
  const known = new Map<string, { readonly untilMs: number; readonly principal: Principal }>();
  return async (target) => {
    const roleArn = roleOf(target);
    const name = `${roleArn}/${target.region}/${target.functionName}`;
    const nowMs = resources.clock.now();
    const before = known.get(name);
    if (before !== undefined && before.untilMs > nowMs) return before.principal;
    for (const [other, { untilMs }] of known) if (untilMs <= nowMs) known.delete(other);
    const principal = toPrincipal(target, roleArn, await assumeRole(resources, target, roleArn));
    known.set(name, { principal, untilMs: nowMs + resources.limits.roleSessionSeconds * 1000 });
    return principal;
  };
}

function toPrincipal(target: FunctionKey, roleArn: string, { AssumedRoleUser }: AssumeRoleResponse): Principal {
  const { accountId, functionName } = target;
  const roleName = roleArn.slice(roleArn.lastIndexOf("/") + 1);
  const arn = formatArn({ service: "sts", region: "", accountId, resource: `assumed-role/${roleName}/${functionName}` });
  return {
    kind: "assumed-role",
    accountId,
    arn: AssumedRoleUser?.Arn ?? arn,
    userId: AssumedRoleUser?.AssumedRoleId ?? `${roleName}:${functionName}`,
    roleName,
    sessionName: functionName,
  };
}

function roleOf(holder: FunctionKey & { readonly roleArn?: string }): string {
  if (holder.roleArn === undefined) throw new Error(`Function ${holder.functionName} is asked for without its execution role`);
  return holder.roleArn;
}
