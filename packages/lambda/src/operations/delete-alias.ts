import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { withAlias } from "../store/records.ts";

type Input = InputOf<"lambda", "DeleteAlias">;
type Output = OutputOf<"lambda", "DeleteAlias">;

/** One that is not there is as good as deleted. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export const deleteAlias: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:DeleteAlias"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    await functions.change(reference, (current) => {
      const record = mustExist(current, reference);
      return { next: record.aliases.has(input.Name) ? withAlias(record, input.Name, undefined) : undefined, result: undefined };
    });
    return {};
  },
};
