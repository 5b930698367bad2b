import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUrlQualifier, mustHaveUrl, urlKeyOf, urlKeys } from "../function-url/change-url.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { withUrl } from "../store/records.ts";

type Input = InputOf<"lambda", "DeleteFunctionUrlConfig">;
type Output = OutputOf<"lambda", "DeleteFunctionUrlConfig">;

/** Its address is never given again. The policy stays. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html */
export const deleteFunctionUrlConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:DeleteFunctionUrlConfig", (_, reference, record) =>
    urlKeys(reference, record?.urls.get(urlKeyOf(reference))?.authType),
  ),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUrlQualifier(reference);
    await functions.change(reference, (record) => {
      mustHaveUrl(record, reference);
      return { next: record && withUrl(record, urlKeyOf(reference), undefined), result: undefined };
    });
    return {};
  },
};
