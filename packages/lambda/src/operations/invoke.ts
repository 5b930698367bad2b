import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { onInvoked, referenceOf } from "../iam-rules.ts";
import { invokeAsync } from "../invoke/async.ts";
import { invokeDryRun } from "../invoke/dry-run.ts";
import { refuseUnknownKinds } from "../invoke/refuse-unknown-kinds.ts";
import { invokeSync } from "../invoke/sync.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "Invoke">;
type Output = OutputOf<"lambda", "Invoke">;

const kinds = {
  RequestResponse: invokeSync,
  Event: invokeAsync,
  DryRun: (resources, _ctx, ...rest) => invokeDryRun(resources, ...rest),
} satisfies Record<string, typeof invokeSync>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const invoke: OperationRow<OperationResources, Input, Output> = {
  iam: onInvoked(),
  run(resources, ctx, input) {
    refuseUnknownKinds(input);
    return kinds[input.InvocationType ?? "RequestResponse"](resources, ctx, referenceOf(ctx, input), input);
  },
};
