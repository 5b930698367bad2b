import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkpointTokenUnknown, onDurableExecution } from "../durable-executions/absent.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "CheckpointDurableExecution">;
type Output = OutputOf<"lambda", "CheckpointDurableExecution">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CheckpointDurableExecution.html */
export const checkpointDurableExecution: OperationRow<OperationResources, Input, Output> = {
  iam: onDurableExecution("lambda:CheckpointDurableExecution"),
  run: () => Promise.reject(checkpointTokenUnknown()),
};
