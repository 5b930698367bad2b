import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { shapeAlias } from "../aliases/shape-alias.ts";
import { notFound } from "../faults.ts";
import { functionArn } from "../function-name.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetAlias">;
type Output = OutputOf<"lambda", "GetAlias">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export const getAlias: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetAlias"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const alias = (await functions.find(reference))?.aliases.get(input.Name);
    if (alias === undefined) throw notFound(`Cannot find alias arn: ${functionArn(reference, input.Name)}`);
    return shapeAlias(reference, alias);
  },
};
