import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onInvoked, referenceOf } from "../iam-rules.ts";
import { invokeDryRun } from "../invoke/dry-run.ts";
import { refuseUnknownKinds } from "../invoke/refuse-unknown-kinds.ts";
import { invokeStreaming } from "../invoke/streaming.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "InvokeWithResponseStream">;
type Output = OutputOf<"lambda", "InvokeWithResponseStream">;

/** Needs the permission to invoke. https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html */
export const invokeWithResponseStream: OperationRow<OperationResources, Input, Output> = {
  iam: onInvoked(),
  run(resources, ctx, input) {
    refuseUnknownKinds(input);
    const reference = referenceOf(ctx, input);
    return input.InvocationType === "DryRun"
      ? invokeDryRun(resources, reference, input)
      : invokeStreaming(resources, ctx, reference, input);
  },
};
