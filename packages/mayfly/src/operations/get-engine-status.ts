import { noConditionKeys, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import type { MayflyResources } from "../resources.ts";
import { shapeEnvironment } from "../shape-environment.ts";

type Input = InputOf<"mayfly", "GetEngineStatus">;
type Output = OutputOf<"mayfly", "GetEngineStatus">;

async function run({ engine }: MayflyResources, { accountId, region }: RequestContext, _input: Checked<Input>): Promise<Output> {
  const isOwn = ({ target }: { readonly target: { readonly accountId: string; readonly region: string } }): boolean =>
    target.accountId === accountId && target.region === region;
  const environments = engine.environments().filter(isOwn);
  const { promisedMb, promisableMb } = engine.memory();
  return {
    Environments: await Promise.all(environments.map(async (stats) => shapeEnvironment(stats, await engine.usage(stats.id)))),
    Waiting: engine
      .waiting()
      .filter(isOwn)
      .map(({ target, count }) => ({ FunctionName: target.functionName, FunctionVersion: target.functionVersion, Count: count })),
    Spares: engine.spares().map(({ runtime, memorySizeMb, waiting, booting }) => ({
      Runtime: runtime,
      MemorySize: memorySizeMb,
      Ready: waiting,
      Booting: booting,
    })),
    Memory: { PromisedMb: promisedMb, PromisableMb: promisableMb },
  };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getEngineStatus: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:GetEngineStatus", resource: () => "*", conditionKeys: noConditionKeys },
};
