import { Fault, noConditionKeys, type Checked, type OperationRow, type RequestContext } from "@mayfly/kernel";
import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from "@mayfly/wire/sts";
import type { StsResources } from "../resources.ts";

async function run(
  { directory }: StsResources,
  _ctx: RequestContext,
  { AccessKeyId }: Checked<GetAccessKeyInfoRequest>,
): Promise<GetAccessKeyInfoResponse> {
  const key = await directory.accessKey(AccessKeyId);
  if (key === undefined) throw new Fault("ValidationError", `Invalid Access Key ID : ${AccessKeyId}`, { status: 400 });
  return { Account: key.principal.accountId };
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
export const getAccessKeyInfo: OperationRow<StsResources, GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> = {
  run,
  iam: { action: "sts:GetAccessKeyInfo", resource: () => "*", conditionKeys: noConditionKeys },
};
