import { noConditionKeys, type OperationRow, type RequestContext } from "@mayfly/kernel";
import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from "@mayfly/wire/sts";
import type { StsResources } from "../resources.ts";

function run(_resources: StsResources, { principal }: RequestContext): GetCallerIdentityResponse {
  return { UserId: principal.userId, Account: principal.accountId, Arn: principal.arn };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity: OperationRow<StsResources, GetCallerIdentityRequest, GetCallerIdentityResponse> = {
  run,
  iam: { action: "sts:GetCallerIdentity", resource: () => "*", conditionKeys: noConditionKeys, noPermissionNeeded: true },
};
