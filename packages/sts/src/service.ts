import { defineService, type OperationTable, type Service } from "@mayfly/kernel";
import { assumeRole } from "./operations/assume-role.ts";
import { getAccessKeyInfo } from "./operations/get-access-key-info.ts";
import { getCallerIdentity } from "./operations/get-caller-identity.ts";
import { getSessionToken } from "./operations/get-session-token.ts";
import type { StsResources } from "./resources.ts";

const operations: OperationTable<"sts", StsResources> = {
  AssumeRole: assumeRole,
  GetAccessKeyInfo: getAccessKeyInfo,
  GetCallerIdentity: getCallerIdentity,
  GetSessionToken: getSessionToken,
};

/** AWS's Security Token Service over IAM's directory. It stores nothing. */
export function createSts(resources: StsResources): { readonly service: Service } {
  return { service: defineService("sts", operations, resources) };
}
