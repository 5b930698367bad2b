import { invalidParameter } from "../faults.ts";
import type { InvokeRequest } from "./invoke-request.ts";

/**
 * No function here can have tenants or durable executions, so a request that names one is meant for another function.
 * @throws Fault InvalidParameterValueException
 */
export function refuseUnknownKinds({
  TenantId,
  DurableExecutionName,
}: Partial<Pick<InvokeRequest, "TenantId" | "DurableExecutionName">>): void {
  if (TenantId !== undefined) {
    throw invalidParameter(
      "The invoked function is not enabled for tenancy configuration. Remove the tenant ID from your request and try again.",
    );
  }
  if (DurableExecutionName !== undefined) {
    throw invalidParameter(
      "The invoked function is not a durable function. Remove the durable execution name from your request and try again.",
    );
  }
}
