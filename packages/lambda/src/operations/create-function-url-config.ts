import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { conflict } from "../faults.ts";
import { referenceArn } from "../function-name.ts";
import { checkUrlQualifier, mustHaveFunction, readCors, urlKeyOf, urlKeys } from "../function-url/change-url.ts";
import { shapeUrl } from "../function-url/shape-url.ts";
import { newUrlId } from "../function-url/url-address.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { withUrl, type FunctionUrlRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "CreateFunctionUrlConfig">;
type Output = OutputOf<"lambda", "CreateFunctionUrlConfig">;

/** Of the function, or of an alias. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export const createFunctionUrlConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:CreateFunctionUrlConfig", ({ AuthType }, reference) => urlKeys(reference, AuthType)),
  async run({ functions, clock, endpoint }, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkUrlQualifier(reference);
    const url = await functions.change(reference, (current) => {
      const record = mustHaveFunction(current, reference);
      const key = urlKeyOf(reference);
      if (record.urls.has(key)) {
        const arn = referenceArn(reference);
        throw conflict(
          `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      }
      const nowMs = clock.now();
      const result: FunctionUrlRecord = {
        urlId: newUrlId(),
        authType: input.AuthType,
        invokeMode: input.InvokeMode ?? "BUFFERED",
        cors: input.Cors && readCors(input.Cors),
        createdAtMs: nowMs,
        lastModifiedMs: nowMs,
      };
      return { next: withUrl(record, key, result), result };
    });
    const { LastModifiedTime: _, InvokeMode, ...shaped } = shapeUrl(reference, urlKeyOf(reference), url, endpoint());
    return { ...shaped, ...(input.InvokeMode !== undefined && { InvokeMode }) };
  },
};
