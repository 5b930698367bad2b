import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustBeCodeSigningConfig, onCodeSigningConfig } from "../code-signing/code-signing-config.ts";
import { conflict } from "../faults.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "DeleteCodeSigningConfig">;
type Output = OutputOf<"lambda", "DeleteCodeSigningConfig">;

/** One that a function has is kept. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteCodeSigningConfig.html */
export const deleteCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onCodeSigningConfig("lambda:DeleteCodeSigningConfig"),
  async run({ codeSigning }, ctx, { CodeSigningConfigArn: arn }) {
    await codeSigning.remove(arn, (current, functionCount) => {
      mustBeCodeSigningConfig(current, ctx, arn);
      if (functionCount > 0) throw conflict(`The code signing configuration ${arn} is in use by ${functionCount} function(s).`);
    });
    return {};
  },
};
