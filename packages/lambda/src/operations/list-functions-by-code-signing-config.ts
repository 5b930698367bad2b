import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustBeCodeSigningConfig, onCodeSigningConfig } from "../code-signing/code-signing-config.ts";
import { functionArn } from "../function-name.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListFunctionsByCodeSigningConfig">;
type Output = OutputOf<"lambda", "ListFunctionsByCodeSigningConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionsByCodeSigningConfig.html */
export const listFunctionsByCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onCodeSigningConfig("lambda:ListFunctionsByCodeSigningConfig"),
  async run({ codeSigning, limits }, ctx, input) {
    const { CodeSigningConfigArn: arn } = input;
    const { accountId, region } = mustBeCodeSigningConfig(await codeSigning.find(arn), ctx, arn);
    const names = await codeSigning.functionNames(arn);
    const { items, NextMarker } = pageOf(`ListFunctionsByCodeSigningConfig ${arn}`, names, (name) => name, input, limits.listPageCount);
    return { FunctionArns: items.map((functionName) => functionArn({ accountId, region, functionName })), ...NextMarker };
  },
};
