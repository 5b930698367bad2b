import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { findVersion } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListDurableExecutionsByFunction">;
type Output = OutputOf<"lambda", "ListDurableExecutionsByFunction">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListDurableExecutionsByFunction.html */
export const listDurableExecutionsByFunction: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:ListDurableExecutionsByFunction"),
  async run({ functions }, ctx, input) {
    await findVersion(functions, referenceOf(ctx, input));
    return { DurableExecutions: [] };
  },
};
