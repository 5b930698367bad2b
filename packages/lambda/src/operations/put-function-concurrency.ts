import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUnqualified } from "../check-unqualified.ts";
import { invalidParameter } from "../faults.ts";
import { mustExist } from "../find-version.ts";
import { functionArn, latest } from "../function-name.ts";
import { checkState } from "../function-states.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { committedOf, planOf } from "../provisioned-concurrency/shares.ts";
import type { OperationResources } from "../resources.ts";
import { latestOf, type FunctionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "PutFunctionConcurrency">;
type Output = OutputOf<"lambda", "PutFunctionConcurrency">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PutFunctionConcurrency"),
  async run({ functions, concurrency, limits }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUnqualified(reference);
    const reservedConcurrency = input.ReservedConcurrentExecutions;
    let before: FunctionRecord | undefined;
    const change = functions.change(reference, (current) => {
      const record = mustExist(current, reference, latest);
      checkState("reserveConcurrency", latestOf(record), functionArn(reference));
      const { total: provisioned } = planOf(record);
      if (reservedConcurrency < provisioned) {
        throw invalidParameter(
          ` ReservedConcurrentExecutions  ${reservedConcurrency} should not be lower than function's total provisioned concurrency [${provisioned}].`,
        );
      }
      const left = limits.concurrentExecutionCount - concurrency.committedBeside(reference, reference) - reservedConcurrency;
      if (left < limits.minimumUnreservedCount) {
        throw invalidParameter(
          "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of " +
            `[${limits.minimumUnreservedCount}].`,
        );
      }
      // Before it is on disk, so that of two requests at a time the second one counts the first.
      before = record;
      concurrency.commit(reference, reservedConcurrency);
      return { next: { ...record, reservedConcurrency }, result: undefined };
    });
    try {
      await change;
    } catch (error) {
      if (before !== undefined) concurrency.commit(reference, committedOf(before));
      throw error;
    }
    return { ReservedConcurrentExecutions: reservedConcurrency };
  },
};
