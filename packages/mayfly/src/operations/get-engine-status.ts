import { noConditionKeys, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import type { MayflyResources } from "../resources.ts";
import { shapeEnvironment } from "../shape-environment.ts";

type Input = InputOf<"mayfly", "GetEngineStatus">;
type Output = OutputOf<"mayfly", "GetEngineStatus">;

async function run({ engine }: MayflyResources, { accountId, region }: RequestContext, _input: Checked<Input>): Promise<Output> {
  const isOwn = ({ target }: { readonly target: { readonly accountId: string; readonly region: string } }): boolean =>
    target.accountId === accountId && target.region === region;
  const { environments, waiting, spares, memory } = await engine.status();
  return {
    Environments: await Promise.all(environments.filter(isOwn).map(async (stats) => shapeEnvironment(stats, await engine.usage(stats.id)))),
    Waiting: waiting
      .filter(isOwn)
      .map(({ target, count }) => ({ FunctionName: target.functionName, FunctionVersion: target.functionVersion, Count: count })),
    Spares: spares.map(({ runtime, memorySizeMb, waiting: ready, booting }) => ({
      Runtime: runtime,
      MemorySize: memorySizeMb,
      Ready: ready,
      Booting: booting,
    })),
    Memory: { PromisedMb: memory.promisedMb, PromisableMb: memory.promisableMb },
  };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getEngineStatus: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:GetEngineStatus", resource: () => "*", conditionKeys: noConditionKeys },
};
