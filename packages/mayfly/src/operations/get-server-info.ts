import { noConditionKeys, type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "GetServerInfo">;
type Output = OutputOf<"mayfly", "GetServerInfo">;

function run({ server, clock: _clock }: MayflyResources, ctx: RequestContext, _input: Checked<Input>): Output {
  const { version, region, auth, isolation, network, startedAtMs } = server;
  return {
    Version: version,
    AccountId: ctx.accountId,
    Region: region,
    Auth: auth,
    Isolation: isolation.level,
    ...(isolation.lacking === undefined ? {} : { IsolationLacking: isolation.lacking }),
    FunctionNetwork: network.reach,
    ...(network.lacking === undefined ? {} : { FunctionNetworkLacking: network.lacking }),
    StartedAt: new Date(startedAtMs),
  };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const getServerInfo: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: { action: "mayfly:GetServerInfo", resource: () => "*", conditionKeys: noConditionKeys },
};
