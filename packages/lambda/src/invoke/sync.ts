import type { OutputOf, RequestContext } from "@mayfly/kernel";
import type { FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { versionName } from "../store/records.ts";
import type { InvokeRequest } from "./invoke-request.ts";
import { prepareInvocation } from "./prepare-invocation.ts";
import { runInvocation } from "./run-invocation.ts";

/** InvocationType RequestResponse: runs the function and answers what it answers. */
export async function invokeSync(
  resources: OperationResources,
  ctx: RequestContext,
  reference: FunctionReference,
  request: InvokeRequest,
): Promise<OutputOf<"lambda", "Invoke">> {
  const { resolved, invocation } = await prepareInvocation(resources, ctx, reference, request);
  const result = await runInvocation(resources, resolved, invocation);
  return {
    StatusCode: 200,
    ExecutedVersion: versionName(resolved.version),
    Payload: result.payload,
    ...(result.functionError !== undefined && { FunctionError: result.functionError }),
    ...(request.LogType === "Tail" && { LogResult: result.logTail.toString("base64") }),
  };
}
