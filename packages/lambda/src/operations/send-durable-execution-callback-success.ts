import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { callbackUnknown } from "../durable-executions/absent.ts";
import { onEverything } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "SendDurableExecutionCallbackSuccess">;
type Output = OutputOf<"lambda", "SendDurableExecutionCallbackSuccess">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html */
export const sendDurableExecutionCallbackSuccess: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:SendDurableExecutionCallbackSuccess"),
  run: (_resources, _ctx, input) => Promise.reject(callbackUnknown(input.CallbackId)),
};
