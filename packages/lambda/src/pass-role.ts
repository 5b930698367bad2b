import { AccessDenied, parseArn, type RequestContext } from "@mayfly/kernel";
import { lambdaPrincipal } from "./execution-role.ts";

/**
 * Asks whether the caller may hand the role to Lambda.
 * @throws AccessDenied
 */
export async function passRole(ctx: RequestContext, roleArn: string): Promise<void> {
  if (parseArn(roleArn)?.accountId !== ctx.accountId) throw new AccessDenied("Cross-account pass role is not allowed.");
  await ctx.authorize({ action: "iam:PassRole", resource: roleArn, conditionKeys: { "iam:PassedToService": [lambdaPrincipal] } });
}
