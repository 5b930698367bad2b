import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetFunctionRecursionConfig">;
type Output = OutputOf<"lambda", "GetFunctionRecursionConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html */
export const getFunctionRecursionConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetFunctionRecursionConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    return { RecursiveLoop: mustExist(await functions.find(reference), reference).recursiveLoop };
  },
};
