import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { changeConfig, mustHaveQualifier } from "../event-invoke-config/change-config.ts";
import { readEventInvokeConfig } from "../event-invoke-config/read-config.ts";
import { configKeyOf, shapeEventInvokeConfig } from "../event-invoke-config/shape-config.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "PutFunctionEventInvokeConfig">;
type Output = OutputOf<"lambda", "PutFunctionEventInvokeConfig">;

/** Replaces all settings. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const putFunctionEventInvokeConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PutFunctionEventInvokeConfig"),
  async run(resources, ctx, input) {
    const reference = referenceOf(ctx, input);
    mustHaveQualifier(await resources.functions.find(reference), reference);
    const given = await readEventInvokeConfig(resources, reference, input);
    return shapeEventInvokeConfig(reference, configKeyOf(reference), await changeConfig(resources, reference, given));
  },
};
