import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { callbackUnknown } from "../durable-executions/absent.ts";
import { onEverything } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "SendDurableExecutionCallbackFailure">;
type Output = OutputOf<"lambda", "SendDurableExecutionCallbackFailure">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackFailure.html */
export const sendDurableExecutionCallbackFailure: OperationRow<OperationResources, Input, Output> = {
  iam: onEverything("lambda:SendDurableExecutionCallbackFailure"),
  run: (_resources, _ctx, input) => Promise.reject(callbackUnknown(input.CallbackId)),
};
