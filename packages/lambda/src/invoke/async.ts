import type { AsyncEventRow } from "@mayfly/db";
import type { Invocation, InvocationResult } from "@mayfly/engine";
import { Fault, isFault, type OutputOf, type RequestContext, type TrailStep } from "@mayfly/kernel";
import { deliver, deliverDeadLetter, type DeliveryResources } from "../event-invoke-config/deliver.ts";
import type { Condition } from "../event-invoke-config/destination-record.ts";
import { dueAfterFailure, dueAfterThrottle, dueWithinAge, settingsOf, type EventSettings } from "../event-invoke-config/event-settings.ts";
import { functionArn, latest, type FunctionReference } from "../function-name.ts";
import { judgeChain } from "../recursion/check-recursion.ts";
import { traceHeader } from "../recursion/trace-header.ts";
import type { OperationResources } from "../resources.ts";
import type { LogDelivery } from "../log-delivery.ts";
import { versionName } from "../store/records.ts";
import type { AsyncOutcome } from "./async-queue.ts";
import { note } from "./async-trail.ts";
import { checkPayload, decodeClientContext } from "./check-payload.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import {
  isEngineClosed,
  resolveInvoked,
  runInvocation,
  targetOf,
  type InvocationResources,
  type ResolvedVersion,
} from "./run-invocation.ts";

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
  const event: AsyncEventRow = {
    id: ctx.requestId,
    accountId: reference.accountId,
    region: reference.region,
    functionName: reference.functionName,
    qualifier: reference.qualifier ?? latest,
    invokedFunctionArn: functionArn(reference, reference.qualifier),
    payload,
    clientContext,
    traceId: traceHeader(reference, ctx.traceHeader, nowMs),
    acceptedAtMs: nowMs,
    attempts: 0,
    failures: 0,
    dueAtMs: nowMs,
  };
  // Before it is run, which may be before this goes on.
  note(resources, event, { kind: "produced", by: ctx.sourceArn ?? ctx.principal.arn });
  await resources.asyncEvents.accept(event);
  return { StatusCode: 202 };
}

const transient = new Set(["TooManyRequestsException", "ServiceException", "ResourceConflictException"]);

/** What running an accepted event needs. */
export type EventResources = InvocationResources &
  DeliveryResources &
  Pick<OperationResources, "clock" | "limits"> & { readonly logDelivery: Pick<LogDelivery, "written"> };

const forgotten: AsyncOutcome = { kind: "done", logged: Promise.resolve() };

/**
 * Runs an accepted event. An error of the function's is tried again as often as is asked for, throttling and what ails the server for as long as the event
 * may be old; what comes of it is told to its destinations. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export async function runAsyncEvent(resources: EventResources, event: AsyncEventRow): Promise<AsyncOutcome> {
  const { functions, clock, limits } = resources;
  const record = functions.peek(event) ?? (await functions.find(event));
  const settings = settingsOf(record, event, limits);
  const retry = (wantedAtMs: number, failures: number): AsyncOutcome => {
    const dueAtMs = dueWithinAge(wantedAtMs, settings, clock.now());
    note(resources, event, { kind: "postponed", until: new Date(dueAtMs).toISOString() });
    return { kind: "retry", dueAtMs, failures };
  };
  const attempt: EventAttempt = { resources, event, settings };
  try {
    const resolved = await resolveInvoked(resources, event);
    if (clock.now() >= settings.endsAtMs) return await give(attempt, resolved, "EventAgeExceeded");
    const verdict = judgeChain(resolved.record, event.traceId, limits);
    if (verdict !== "run") return await stopLoop(attempt, resolved, verdict);
    if (record?.reservedConcurrency === 0 && (settings.onFailure !== undefined || deadLetterQueueOf(resolved) !== undefined))
      return await give(attempt, resolved, "ZeroReservedConcurrency");
    const result = await runInvocation(resources, resolved, invocationOf(event), "asynchronously");
    note(resources, event, { kind: "delivered", requestId: event.id });
    if (result.functionError !== undefined) note(resources, event, { kind: "failed", requestId: event.id });
    if (result.functionError === undefined) return await give(attempt, resolved, "Success", result);
    const failures = event.failures + 1;
    if (failures <= settings.retryAttempts) return retry(dueAfterFailure(failures, clock.now(), limits), failures);
    return await give(attempt, resolved, "RetriesExhausted", result);
  } catch (error) {
    if (isFault(error, "ResourceNotFoundException")) {
      note(resources, event, { kind: "given-up", reason: error.message });
      return forgotten;
    }
    if (isEngineClosed(error)) return { kind: "left" };
    note(resources, event, setback(event, error));
    if (!(error instanceof Fault) || !transient.has(error.code)) {
      resources.onProblem(`Asynchronous event ${event.id} of ${event.functionName}: ${String(error)}`);
    }
    return retry(dueAfterThrottle(event, clock.now(), limits), event.failures);
  }
}

/** Why an event could not be run. */
const setback = ({ attempts }: AsyncEventRow, error: unknown): TrailStep =>
  isFault(error, "TooManyRequestsException")
    ? { kind: "throttled", attempt: attempts + 1 }
    : { kind: "unavailable", reason: error instanceof Error ? error.message : String(error) };

const invocationOf = (event: AsyncEventRow): Invocation => ({
  requestId: event.id,
  invokedFunctionArn: event.invokedFunctionArn,
  payload: Buffer.from(event.payload.buffer, event.payload.byteOffset, event.payload.byteLength),
  ...(event.clientContext !== undefined && event.clientContext !== null && { clientContext: event.clientContext }),
  traceId: event.traceId,
});

interface EventAttempt {
  readonly resources: EventResources;
  readonly event: AsyncEventRow;
  readonly settings: EventSettings;
}

/** Ends an event of a loop. How AWS calls this condition is not documented. */
function stopLoop(attempt: EventAttempt, resolved: ResolvedVersion, verdict: "told" | "silent"): AsyncOutcome | Promise<AsyncOutcome> {
  const { resources, event } = attempt;
  note(resources, event, { kind: "loop" });
  resources.onProblem(`Asynchronous event ${event.id} of ${event.functionName} is part of a recursive loop and was not run.`);
  return verdict === "told" ? give(attempt, resolved, "RetriesExhausted") : forgotten;
}

const deadLetterQueueOf = ({ version }: ResolvedVersion): string | undefined => version.configuration.DeadLetterConfig?.TargetArn;

/** Ends an event: tells its destination, if it has one for such an end, and leaves one that failed to its dead-letter queue. */
async function give(
  { resources, event, settings }: EventAttempt,
  resolved: ResolvedVersion,
  condition: Condition,
  result?: InvocationResult,
): Promise<AsyncOutcome> {
  note(resources, event, condition === "Success" ? { kind: "succeeded" } : { kind: "given-up", reason: condition });
  const destination = condition === "Success" ? settings.onSuccess : settings.onFailure;
  const deadLetterQueue = condition === "Success" ? undefined : deadLetterQueueOf(resolved);
  if (destination !== undefined || deadLetterQueue !== undefined) {
    const { functionError, payload } = result ?? {};
    const executedVersion = versionName(resolved.version);
    const response = payload && { executedVersion, functionError, payload };
    const end = { condition, invokeCount: event.failures + (result === undefined ? 0 : 1), response, nowMs: resources.clock.now() };
    const target = await targetOf(resources, resolved);
    if (deadLetterQueue !== undefined) await deliverDeadLetter(resources, target, deadLetterQueue, { event, end });
    if (destination !== undefined) await deliver(resources, target, destination, { event, end });
  } else if (condition === "EventAgeExceeded") {
    resources.onProblem(`Asynchronous event ${event.id} of ${event.functionName} is too old and was dropped.`);
  }
  return result === undefined ? forgotten : { kind: "done", logged: resources.logDelivery.written(result.logStreamName) };
}
