import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUrlQualifier, mustHaveUrl, urlKeyOf, urlKeys } from "../function-url/change-url.ts";
import { shapeUrl } from "../function-url/shape-url.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "GetFunctionUrlConfig">;
type Output = OutputOf<"lambda", "GetFunctionUrlConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export const getFunctionUrlConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:GetFunctionUrlConfig", (_, reference, record) =>
    urlKeys(reference, record?.urls.get(urlKeyOf(reference))?.authType),
  ),
  async run({ functions, endpoint }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUrlQualifier(reference);
    return shapeUrl(reference, urlKeyOf(reference), mustHaveUrl(await functions.find(reference), reference), endpoint());
  },
};
