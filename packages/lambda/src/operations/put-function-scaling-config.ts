import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { refuseScaling } from "../capacity-providers/no-scaling.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "PutFunctionScalingConfig">;
type Output = OutputOf<"lambda", "PutFunctionScalingConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionScalingConfig.html */
export const putFunctionScalingConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PutFunctionScalingConfig"),
  run: (resources, ctx, input) => refuseScaling(resources, referenceOf(ctx, input)),
};
