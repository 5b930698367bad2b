import { issueSession } from "@mayfly/iam";
import { AccessDenied, noConditionKeys, type Checked, type OperationRow, type RequestContext } from "@mayfly/kernel";
import type { GetSessionTokenRequest, GetSessionTokenResponse } from "@mayfly/wire/sts";
import { toCredentials } from "../credentials-output.ts";
import { stsLimits } from "../limits.ts";
import { refuseSecondFactor } from "../second-factor.ts";
import type { StsResources } from "../resources.ts";

function run({ keyring, clock }: StsResources, ctx: RequestContext, input: Checked<GetSessionTokenRequest>): GetSessionTokenResponse {
  const { principal } = ctx;
  if (ctx.tokenIssuedAtMs !== undefined || (principal.kind !== "user" && principal.kind !== "root")) {
    throw new AccessDenied("Cannot call GetSessionToken with session credentials");
  }
  refuseSecondFactor(input);
  const asked = input.DurationSeconds ?? stsLimits.defaultSessionTokenSeconds;
  const durationSeconds = principal.kind === "root" ? Math.min(asked, stsLimits.rootSessionTokenSeconds) : asked;
  return { Credentials: toCredentials(issueSession(keyring, principal, clock.now(), durationSeconds)) };
}

/**
 * Needs no permission: policies cannot withhold it.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken: OperationRow<StsResources, GetSessionTokenRequest, GetSessionTokenResponse> = {
  run,
  iam: { action: "sts:GetSessionToken", resource: () => "*", conditionKeys: noConditionKeys, noPermissionNeeded: true },
};
