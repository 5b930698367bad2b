import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUnqualified } from "../check-unqualified.ts";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetFunctionConcurrency">;
type Output = OutputOf<"lambda", "GetFunctionConcurrency">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export const getFunctionConcurrency: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetFunctionConcurrency"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUnqualified(reference);
    const { reservedConcurrency } = mustExist(await functions.find(reference), reference);
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  },
};
