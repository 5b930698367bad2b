import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkUrlQualifier, mustHaveFunction, mustHaveUrl, readCors, urlKeyOf, urlKeys } from "../function-url/change-url.ts";
import { shapeUrl } from "../function-url/shape-url.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { withUrl } from "../store/records.ts";

type Input = InputOf<"lambda", "UpdateFunctionUrlConfig">;
type Output = OutputOf<"lambda", "UpdateFunctionUrlConfig">;

/** What is left out stays; CORS settings are replaced as a whole. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html */
export const updateFunctionUrlConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:UpdateFunctionUrlConfig", ({ AuthType }, reference, record) =>
    urlKeys(reference, AuthType ?? record?.urls.get(urlKeyOf(reference))?.authType),
  ),
  async run({ functions, clock, endpoint }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUrlQualifier(reference);
    const url = await functions.change(reference, (current) => {
      const record = mustHaveFunction(current, reference);
      const before = mustHaveUrl(record, reference);
      const result = {
        ...before,
        authType: input.AuthType ?? before.authType,
        invokeMode: input.InvokeMode ?? before.invokeMode,
        cors: input.Cors === undefined ? before.cors : readCors(input.Cors),
        lastModifiedMs: clock.now(),
      };
      return { next: withUrl(record, urlKeyOf(reference), result), result };
    });
    const { InvokeMode, ...shaped } = shapeUrl(reference, urlKeyOf(reference), url, endpoint());
    return { ...shaped, ...(input.InvokeMode !== undefined && { InvokeMode }) };
  },
};
