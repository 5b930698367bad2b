import type { Checked, InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import { shapeReplayConfig } from "../replay/shape-config.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "PutFunctionReplayConfig">;
type Output = OutputOf<"mayfly", "PutFunctionReplayConfig">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  await resources.kept.allow(key, input.KeepInvocations);
  return shapeReplayConfig(resources, key);
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const putFunctionReplayConfig: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: onFunction("mayfly:PutFunctionReplayConfig"),
};
