import type { InvocationResult, StreamedResponse } from "@mayfly/engine";
import type { OutputOf, RequestContext } from "@mayfly/kernel";
import type { InvokeWithResponseStreamCompleteEvent, InvokeWithResponseStreamResponseEvent } from "@mayfly/wire/lambda";
import type { FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { versionName } from "../store/records.ts";
import type { StreamingRequest } from "./invoke-request.ts";
import { prepareInvocation } from "./prepare-invocation.ts";
import { runStreaming } from "./run-invocation.ts";

/** Runs the function and answers what it writes, as it writes it. */
export async function invokeStreaming(
  resources: OperationResources,
  ctx: RequestContext,
  reference: FunctionReference,
  request: StreamingRequest,
): Promise<OutputOf<"lambda", "InvokeWithResponseStream">> {
  const { resolved, invocation } = await prepareInvocation(resources, ctx, reference, request);
  const streamed = await runStreaming(resources, resolved, invocation);
  return { StatusCode: 200, ExecutedVersion: versionName(resolved.version), EventStream: eventsOf(streamed, request.LogType === "Tail") };
}

/** The function's bytes, then how it ended: a failure is told there, however much came before it. */
function eventsOf({ body, result }: StreamedResponse, wantsLogTail: boolean): AsyncIterable<InvokeWithResponseStreamResponseEvent> {
  const parts = body[Symbol.asyncIterator]();
  const events = (async function* () {
    for (let part = await parts.next(); !part.done; part = await parts.next()) yield { PayloadChunk: { Payload: part.value } };
    yield { InvokeComplete: completion(await result, wantsLogTail) };
  })();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => events.next(),
      // Also for a caller who was gone before the first event: the function is not to wait for one who reads.
      async return() {
        await parts.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}

function completion({ functionError, payload, logTail }: InvocationResult, wantsLogTail: boolean): InvokeWithResponseStreamCompleteEvent {
  return {
    ...(functionError !== undefined && { ErrorCode: errorTypeIn(payload) ?? functionError, ErrorDetails: payload.toString("utf8") }),
    ...(wantsLogTail && { LogResult: logTail.toString("base64") }),
  };
}

/** What a function's error calls itself. */
function errorTypeIn(payload: Buffer): string | undefined {
  try {
    const error = JSON.parse(payload.toString("utf8")) as { readonly errorType?: unknown } | null;
    return typeof error?.errorType === "string" && error.errorType !== "" ? error.errorType : undefined;
  } catch {
    return undefined;
  }
}
