import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustExist } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "PutFunctionRecursionConfig">;
type Output = OutputOf<"lambda", "PutFunctionRecursionConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html */
export const putFunctionRecursionConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PutFunctionRecursionConfig"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { RecursiveLoop: recursiveLoop } = input;
    await functions.change(reference, (current) => ({ next: { ...mustExist(current, reference), recursiveLoop }, result: undefined }));
    return { RecursiveLoop: recursiveLoop };
  },
};
