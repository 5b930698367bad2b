import type { FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { checkPayload, decodeClientContext } from "./check-payload.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { resolveInvoked } from "./run-invocation.ts";

/** InvocationType DryRun: every check of an invocation, and no invocation. */
export async function invokeDryRun(
  resources: OperationResources,
  reference: FunctionReference,
  request: Pick<InvokeRequest, "Payload" | "ClientContext">,
): Promise<{ StatusCode: number }> {
  checkPayload(request.Payload, resources.limits.syncPayloadBytes);
  decodeClientContext(request.ClientContext, resources.limits);
  await resolveInvoked(resources, reference);
  return { StatusCode: 204 };
}
