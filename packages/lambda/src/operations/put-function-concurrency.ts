import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUnqualified } from "../check-unqualified.ts";
import { invalidParameter } from "../faults.ts";
import { mustExist } from "../find-version.ts";
import { functionArn, latest } from "../function-name.ts";
import { checkState } from "../function-states.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { latestOf } from "../store/records.ts";

type Input = InputOf<"lambda", "PutFunctionConcurrency">;
type Output = OutputOf<"lambda", "PutFunctionConcurrency">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PutFunctionConcurrency"),
  async run({ functions, concurrency, limits }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUnqualified(reference);
    const reservedConcurrency = input.ReservedConcurrentExecutions;
    let reserved = false;
    let before: number | undefined;
    const change = functions.change(reference, (current) => {
      const record = mustExist(current, reference, latest);
      checkState("reserveConcurrency", latestOf(record), functionArn(reference));
      const left = limits.concurrentExecutionCount - concurrency.reservedBeside(reference, reference) - reservedConcurrency;
      if (left < limits.minimumUnreservedCount) {
        throw invalidParameter(
          "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of " +
            `[${limits.minimumUnreservedCount}].`,
        );
      }
      // Before it is on disk, so that of two requests at a time the second one counts the first.
      before = record.reservedConcurrency;
      concurrency.reserve(reference, reservedConcurrency);
      reserved = true;
      return { next: { ...record, reservedConcurrency }, result: undefined };
    });
    try {
      await change;
    } catch (error) {
      if (reserved) concurrency.reserve(reference, before);
      throw error;
    }
    return { ReservedConcurrentExecutions: reservedConcurrency };
  },
};
