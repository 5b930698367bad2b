import type { AsyncEventRow } from "@mayfly/db";
import { Fault, isFault, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { functionArn, latest, type FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import type { LogDelivery } from "../log-delivery.ts";
import type { AsyncOutcome } from "./async-queue.ts";
import { checkPayload, decodeClientContext } from "./check-payload.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { isEngineClosed, newTraceId, resolveInvoked, runInvocation, type InvocationResources } from "./run-invocation.ts";

/** InvocationType Event: answers once the event is on disk. */
export async function invokeAsync(
  resources: OperationResources,
  ctx: RequestContext,
  reference: FunctionReference,
  request: InvokeRequest,
): Promise<OutputOf<"lambda", "Invoke">> {
  const payload = checkPayload(request.Payload, resources.limits.asyncPayloadBytes);
  const clientContext = decodeClientContext(request.ClientContext, resources.limits);
  await resolveInvoked(resources, reference);
  const nowMs = resources.clock.now();
  await resources.asyncEvents.accept({
    id: ctx.requestId,
    accountId: reference.accountId,
    region: reference.region,
    functionName: reference.functionName,
    qualifier: reference.qualifier ?? latest,
    invokedFunctionArn: functionArn(reference, reference.qualifier),
    payload,
    clientContext,
    traceId: newTraceId(nowMs),
    acceptedAtMs: nowMs,
    attempts: 0,
    dueAtMs: nowMs,
  });
  return { StatusCode: 202 };
}

const transient = new Set(["TooManyRequestsException", "ServiceException", "ResourceConflictException"]);

/**
 * Runs an accepted event. What the function made of it is final, its error as much as its answer; throttling and what ails the
 * server are not.
 */
export async function runAsyncEvent(
  resources: InvocationResources & { readonly logDelivery: Pick<LogDelivery, "written"> },
  event: AsyncEventRow,
): Promise<AsyncOutcome> {
  try {
    const resolved = await resolveInvoked(resources, event);
    const { logStreamName } = await runInvocation(resources, resolved, {
      requestId: event.id,
      invokedFunctionArn: event.invokedFunctionArn,
      payload: Buffer.from(event.payload.buffer, event.payload.byteOffset, event.payload.byteLength),
      ...(event.clientContext !== undefined && event.clientContext !== null && { clientContext: event.clientContext }),
      traceId: event.traceId,
    });
    return { kind: "done", logged: resources.logDelivery.written(logStreamName) };
  } catch (error) {
    if (isFault(error, "ResourceNotFoundException")) return { kind: "done", logged: Promise.resolve() };
    if (isEngineClosed(error)) return { kind: "left" };
    if (!(error instanceof Fault) || !transient.has(error.code)) {
      resources.onProblem(`Asynchronous event ${event.id} of ${event.functionName}: ${String(error)}`);
    }
    return { kind: "retry" };
  }
}
