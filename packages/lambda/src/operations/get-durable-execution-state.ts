import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkpointTokenUnknown, onDurableExecution } from "../durable-executions/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetDurableExecutionState">;
type Output = OutputOf<"lambda", "GetDurableExecutionState">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecutionState.html */
export const getDurableExecutionState: OperationRow<OperationResources, Input, Output> = {
  iam: onDurableExecution("lambda:GetDurableExecutionState"),
  run: () => Promise.reject(checkpointTokenUnknown()),
};
