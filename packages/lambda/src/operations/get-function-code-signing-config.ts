import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUnqualified } from "../check-unqualified.ts";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetFunctionCodeSigningConfig">;
type Output = OutputOf<"lambda", "GetFunctionCodeSigningConfig">;

/** Empty if it has none. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html */
export const getFunctionCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetFunctionCodeSigningConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUnqualified(reference);
    const { codeSigningConfigArn } = mustExist(await functions.find(reference), reference);
    // The model requires both members; what AWS answers for a function that has none is recorded, and empty.
    if (codeSigningConfigArn === undefined) return {} as Output;
    return { CodeSigningConfigArn: codeSigningConfigArn, FunctionName: reference.functionName };
  },
};
