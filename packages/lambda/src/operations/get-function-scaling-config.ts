import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { refuseScaling } from "../capacity-providers/no-scaling.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetFunctionScalingConfig">;
type Output = OutputOf<"lambda", "GetFunctionScalingConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionScalingConfig.html */
export const getFunctionScalingConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetFunctionScalingConfig"),
  run: (resources, ctx, input) => refuseScaling(resources, referenceOf(ctx, input)),
};
