import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { findVersion } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { shapeConfiguration } from "../shape-configuration.ts";

type Input = InputOf<"lambda", "GetFunctionConfiguration">;
type Output = OutputOf<"lambda", "GetFunctionConfiguration">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const getFunctionConfiguration: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetFunctionConfiguration"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { record, version } = await findVersion(functions, reference);
    return shapeConfiguration(record, version, reference.qualifier);
  },
};
