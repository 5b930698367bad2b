import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUnqualified } from "../check-unqualified.ts";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "DeleteFunctionConcurrency">;
type Output = OutputOf<"lambda", "DeleteFunctionConcurrency">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const deleteFunctionConcurrency: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:DeleteFunctionConcurrency"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUnqualified(reference);
    await functions.change(reference, (current) => {
      const record = mustExist(current, reference);
      return {
        next: record.reservedConcurrency === undefined ? undefined : { ...record, reservedConcurrency: undefined },
        result: undefined,
      };
    });
    return {};
  },
};
