import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { durableExecutionNotFound, onDurableExecution } from "../durable-executions/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetDurableExecution">;
type Output = OutputOf<"lambda", "GetDurableExecution">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html */
export const getDurableExecution: OperationRow<OperationResources, Input, Output> = {
  iam: onDurableExecution("lambda:GetDurableExecution"),
  run: (_resources, _ctx, input) => Promise.reject(durableExecutionNotFound(input.DurableExecutionArn)),
};
