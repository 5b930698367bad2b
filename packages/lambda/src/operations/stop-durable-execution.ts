import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { durableExecutionNotFound, onDurableExecution } from "../durable-executions/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "StopDurableExecution">;
type Output = OutputOf<"lambda", "StopDurableExecution">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_StopDurableExecution.html */
export const stopDurableExecution: OperationRow<OperationResources, Input, Output> = {
  iam: onDurableExecution("lambda:StopDurableExecution"),
  run: (_resources, _ctx, input) => Promise.reject(durableExecutionNotFound(input.DurableExecutionArn)),
};
