import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { callbackUnknown } from "../durable-executions/absent.ts";
import { onEverything } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "SendDurableExecutionCallbackHeartbeat">;
type Output = OutputOf<"lambda", "SendDurableExecutionCallbackHeartbeat">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackHeartbeat.html */
export const sendDurableExecutionCallbackHeartbeat: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:SendDurableExecutionCallbackHeartbeat"),
  run: (_resources, _ctx, input) => Promise.reject(callbackUnknown(input.CallbackId)),
};
