import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustBeCodeSigningConfig, onCodeSigningConfig, shapeCodeSigningConfig } from "../code-signing/code-signing-config.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetCodeSigningConfig">;
type Output = OutputOf<"lambda", "GetCodeSigningConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetCodeSigningConfig.html */
export const getCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onCodeSigningConfig("lambda:GetCodeSigningConfig"),
  async run({ codeSigning }, ctx, { CodeSigningConfigArn: arn }) {
    return { CodeSigningConfig: shapeCodeSigningConfig(mustBeCodeSigningConfig(await codeSigning.find(arn), ctx, arn)) };
  },
};
