import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustHaveFunction, urlKeys } from "../function-url/change-url.ts";
import { shapeUrl } from "../function-url/shape-url.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { pageOf } from "../page.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "ListFunctionUrlConfigs">;
type Output = OutputOf<"lambda", "ListFunctionUrlConfigs">;

/** Those of a function and its aliases, by qualifier. https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html */
export const listFunctionUrlConfigs: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:ListFunctionUrlConfigs", (_, reference) => urlKeys(reference, undefined)),
  async run({ functions, limits, endpoint }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { urls } = mustHaveFunction(await functions.find(reference), { ...reference, qualifier: undefined });
    const { items, NextMarker } = pageOf("ListFunctionUrlConfigs", [...urls], ([qualifier]) => qualifier, input, limits.listPageCount);
    return { FunctionUrlConfigs: items.map(([qualifier, url]) => shapeUrl(reference, qualifier, url, endpoint())), ...NextMarker };
  },
};
