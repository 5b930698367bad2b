import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUnqualified } from "../check-unqualified.ts";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "DeleteFunctionCodeSigningConfig">;
type Output = OutputOf<"lambda", "DeleteFunctionCodeSigningConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionCodeSigningConfig.html */
export const deleteFunctionCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:DeleteFunctionCodeSigningConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUnqualified(reference);
    await functions.change(reference, (current) => {
      const record = mustExist(current, reference);
      const next = record.codeSigningConfigArn === undefined ? undefined : { ...record, codeSigningConfigArn: undefined };
      return { next, result: undefined };
    });
    return {};
  },
};
