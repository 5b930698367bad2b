import type { Checked, InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "GetFunctionEventQueue">;
type Output = OutputOf<"mayfly", "GetFunctionEventQueue">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  const { count, oldestAcceptedAtMs, isComplete } = resources.eventQueue(key, input.Qualifier ?? "$LATEST");
  return {
    Count: count,
    ...(oldestAcceptedAtMs !== undefined && { OldestAcceptedAt: new Date(oldestAcceptedAtMs) }),
    Complete: isComplete,
  };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getFunctionEventQueue: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:GetFunctionEventQueue") };
