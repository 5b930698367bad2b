import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustHaveConfig, mustHaveQualifier } from "../event-invoke-config/change-config.ts";
import { configKeyOf } from "../event-invoke-config/shape-config.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { withEventInvokeConfig } from "../store/records.ts";

type Input = InputOf<"lambda", "DeleteFunctionEventInvokeConfig">;
type Output = OutputOf<"lambda", "DeleteFunctionEventInvokeConfig">;

/** AWS's defaults hold again. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html */
export const deleteFunctionEventInvokeConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:DeleteFunctionEventInvokeConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    await functions.change(reference, (current) => {
      const record = mustHaveQualifier(current, reference);
      mustHaveConfig(record, reference);
      return { next: withEventInvokeConfig(record, configKeyOf(reference), undefined), result: undefined };
    });
    return {};
  },
};
