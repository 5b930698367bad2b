import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { durableExecutionNotFound, onDurableExecution } from "../durable-executions/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetDurableExecutionHistory">;
type Output = OutputOf<"lambda", "GetDurableExecutionHistory">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecutionHistory.html */
export const getDurableExecutionHistory: OperationRow<OperationResources, Input, Output> = {
  iam: onDurableExecution("lambda:GetDurableExecutionHistory"),
  run: (_resources, _ctx, input) => Promise.reject(durableExecutionNotFound(input.DurableExecutionArn)),
};
