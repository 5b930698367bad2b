import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustHaveQualifier } from "../event-invoke-config/change-config.ts";
import { shapeEventInvokeConfig } from "../event-invoke-config/shape-config.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListFunctionEventInvokeConfigs">;
type Output = OutputOf<"lambda", "ListFunctionEventInvokeConfigs">;

/** Those of a function, its versions and aliases, by qualifier. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html */
export const listFunctionEventInvokeConfigs: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:ListFunctionEventInvokeConfigs"),
  async run({ functions, limits }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { eventInvokeConfigs } = mustHaveQualifier(await functions.find(reference), reference);
    const { items, NextMarker } = pageOf(
      "ListFunctionEventInvokeConfigs",
      [...eventInvokeConfigs],
      ([qualifier]) => qualifier,
      input,
      limits.listPageCount,
    );
    return {
      FunctionEventInvokeConfigs: items.map(([qualifier, config]) => shapeEventInvokeConfig(reference, qualifier, config)),
      ...NextMarker,
    };
  },
};
