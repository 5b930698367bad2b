import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustHaveConfig } from "../event-invoke-config/change-config.ts";
import { configKeyOf, shapeEventInvokeConfig } from "../event-invoke-config/shape-config.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetFunctionEventInvokeConfig">;
type Output = OutputOf<"lambda", "GetFunctionEventInvokeConfig">;

/** Of the function, a version or an alias. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export const getFunctionEventInvokeConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetFunctionEventInvokeConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    return shapeEventInvokeConfig(reference, configKeyOf(reference), mustHaveConfig(await functions.find(reference), reference));
  },
};
