import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUnqualified } from "../check-unqualified.ts";
import { usingCodeSigningConfig } from "../code-signing/check-signature.ts";
import { mustExist } from "../find-version.ts";
import { configurationKeys, onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "PutFunctionCodeSigningConfig">;
type Output = OutputOf<"lambda", "PutFunctionCodeSigningConfig">;

/** The code that the function has is not looked at. https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionCodeSigningConfig.html */
export const putFunctionCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:PutFunctionCodeSigningConfig", configurationKeys),
  async run(resources, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { CodeSigningConfigArn: codeSigningConfigArn } = input;
    await usingCodeSigningConfig(resources, ctx, codeSigningConfigArn, () => {
      checkUnqualified(reference);
      return resources.functions.change(reference, (current) => ({
        next: { ...mustExist(current, reference), codeSigningConfigArn },
        result: undefined,
      }));
    });
    return { CodeSigningConfigArn: codeSigningConfigArn, FunctionName: reference.functionName };
  },
};
