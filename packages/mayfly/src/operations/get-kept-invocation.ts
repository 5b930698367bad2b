import type { Checked, InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { onFunction } from "../function-of.ts";
import { findKept } from "../replay/find-kept.ts";
import { shapeKeptDetails } from "../replay/kept-row.ts";
import { originalLog } from "../replay/original-log.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "GetKeptInvocation">;
type Output = OutputOf<"mayfly", "GetKeptInvocation">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const row = await findKept(resources, ctx, input);
  return { Invocation: shapeKeptDetails(resources.sealer, row, await originalLog(ctx, row)) };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getKeptInvocation: OperationRow<MayflyResources, Input, Output> = { run, iam: onFunction("mayfly:GetKeptInvocation") };
