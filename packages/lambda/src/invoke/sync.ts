import type { OutputOf, RequestContext } from "@mayfly/kernel";
import { functionArn, type FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { versionName } from "../store/records.ts";
import { checkPayload, decodeClientContext } from "./check-payload.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { newTraceId, resolveInvoked, runInvocation } from "./run-invocation.ts";

/** InvocationType RequestResponse: runs the function and answers what it answers. */
export async function invokeSync(
  resources: OperationResources,
  ctx: RequestContext,
  reference: FunctionReference,
  request: InvokeRequest,
): Promise<OutputOf<"lambda", "Invoke">> {
  const payload = checkPayload(request.Payload, resources.limits.syncPayloadBytes);
  const clientContext = decodeClientContext(request.ClientContext, resources.limits);
  const resolved = await resolveInvoked(resources, reference);
  const result = await runInvocation(resources, resolved, {
    requestId: ctx.requestId,
    invokedFunctionArn: functionArn(reference, reference.qualifier),
    payload,
    ...(clientContext !== undefined && { clientContext }),
    traceId: newTraceId(resources.clock.now()),
    ...(request.LogType === "Tail" && { wantsLogTail: true }),
  });
  return {
    StatusCode: 200,
    ExecutedVersion: versionName(resolved.version),
    Payload: result.payload,
    ...(result.functionError !== undefined && { FunctionError: result.functionError }),
    ...(request.LogType === "Tail" && { LogResult: result.logTail.toString("base64") }),
  };
}
