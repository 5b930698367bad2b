import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { mustBeThere, qualifierOf } from "../provisioned-concurrency/check-request.ts";
import type { OperationResources } from "../resources.ts";
import { withProvisionedConcurrency } from "../store/records.ts";

type Input = InputOf<"lambda", "DeleteProvisionedConcurrencyConfig">;
type Output = OutputOf<"lambda", "DeleteProvisionedConcurrencyConfig">;

/** One that is not there is as good as deleted. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html */
export const deleteProvisionedConcurrencyConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:DeleteProvisionedConcurrencyConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const qualifier = qualifierOf(reference, "other");
    await functions.change(reference, (current) => {
      const { record } = mustBeThere(current, reference, qualifier);
      const isThere = record.provisionedConcurrency.has(qualifier);
      return { next: isThere ? withProvisionedConcurrency(record, qualifier, undefined) : undefined, result: undefined };
    });
    return {};
  },
};
