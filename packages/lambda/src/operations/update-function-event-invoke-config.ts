import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { changeConfig, mustHaveConfig, mustHaveQualifier } from "../event-invoke-config/change-config.ts";
import { readEventInvokeConfig } from "../event-invoke-config/read-config.ts";
import { configKeyOf, shapeEventInvokeConfig } from "../event-invoke-config/shape-config.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "UpdateFunctionEventInvokeConfig">;
type Output = OutputOf<"lambda", "UpdateFunctionEventInvokeConfig">;

/** What is left out stays. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html */
export const updateFunctionEventInvokeConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:UpdateFunctionEventInvokeConfig"),
  async run(resources, ctx, input) {
    const reference = referenceOf(ctx, input);
    mustHaveConfig(mustHaveQualifier(await resources.functions.find(reference), reference), reference);
    const given = await readEventInvokeConfig(resources, reference, input);
    const changed = await changeConfig(resources, reference, given, (record) => mustHaveConfig(record, reference));
    return shapeEventInvokeConfig(reference, configKeyOf(reference), changed);
  },
};
