import type { Checked, InputOf, OperationRow, OutputOf, RequestContext } from "@mayfly/kernel";
import { findCode, onFunction } from "../function-of.ts";
import { mayflyLimits } from "../limits.ts";
import type { MayflyResources } from "../resources.ts";
import { shapeEnvironment } from "../shape-environment.ts";

type Input = InputOf<"mayfly", "ListFunctionEnvironments">;
type Output = OutputOf<"mayfly", "ListFunctionEnvironments">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { key } = await findCode(resources, ctx, input);
  const { engine } = resources;
  const { starts } = await engine.status();
  const own = starts
    .filter(({ target }) => target.functionName === key.functionName && target.accountId === key.accountId && target.region === key.region)
    .toReversed()
    .slice(0, input.MaxItems ?? mayflyLimits.environmentCount);
  return { Environments: await Promise.all(own.map(async (stats) => shapeEnvironment(stats, await engine.usage(stats.id)))) };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listFunctionEnvironments: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: onFunction("mayfly:ListFunctionEnvironments"),
};
