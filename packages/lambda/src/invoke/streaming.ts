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
async function* eventsOf({ body, result }: StreamedResponse, wantsLogTail: boolean): AsyncGenerator<InvokeWithResponseStreamResponseEvent> {
  for await (const part of body) yield { PayloadChunk: { Payload: part } };
  yield { InvokeComplete: completion(await result, wantsLogTail) };
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
