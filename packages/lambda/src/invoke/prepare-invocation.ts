import type { Invocation } from "@mayfly/engine";
import type { RequestContext } from "@mayfly/kernel";
import { functionArn, type FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { checkPayload, decodeClientContext } from "./check-payload.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { checkChain } from "../recursion/check-recursion.ts";
import { traceHeader } from "../recursion/trace-header.ts";
import { resolveInvoked, type ResolvedVersion } from "./run-invocation.ts";

/** An invocation that a caller waits for, checked. */
interface Prepared {
  readonly resolved: ResolvedVersion;
  readonly invocation: Invocation;
}

/**
 * Checks what is asked and finds what is to run.
 * @throws Fault as `checkPayload`, `decodeClientContext`, `resolveInvoked` and `checkChain` do
 */
export async function prepareInvocation(
  resources: OperationResources,
  ctx: RequestContext,
  reference: FunctionReference,
  request: Pick<InvokeRequest, "Payload" | "ClientContext" | "LogType">,
): Promise<Prepared> {
  const { limits, clock } = resources;
  const payload = checkPayload(request.Payload, limits.syncPayloadBytes);
  const clientContext = decodeClientContext(request.ClientContext, limits);
  const resolved = await resolveInvoked(resources, reference);
  const traceId = traceHeader(reference, ctx.traceHeader, clock.now());
  checkChain(resolved.record, traceId, limits);
  const invocation = {
    requestId: ctx.requestId,
    invokedFunctionArn: functionArn(reference, reference.qualifier),
    payload,
    ...(clientContext !== undefined && { clientContext }),
    traceId,
    ...(request.LogType === "Tail" && { wantsLogTail: true }),
  };
  return { resolved, invocation };
}
