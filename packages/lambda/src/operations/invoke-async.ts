import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { invokeAsync as acceptEvent } from "../invoke/async.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "InvokeAsync">;
type Output = OutputOf<"lambda", "InvokeAsync">;

/** Deprecated on AWS, where Invoke with InvocationType Event took its place. https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html */
export const invokeAsync: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:InvokeAsync"),
  async run(resources, ctx, input) {
    // The SDK's type is that of what its callers may send; the wire hands on bytes.
    const Payload = input.InvokeArgs as Uint8Array;
    const { StatusCode } = await acceptEvent(resources, ctx, referenceOf(ctx, input), { FunctionName: input.FunctionName, Payload });
    return { Status: StatusCode };
  },
};
