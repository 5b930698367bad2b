import { expect } from "vitest";
import { empty, refused, type Probe } from "../probe.ts";
import { arnOf } from "../world.ts";

const CapacityProviderName = "fleet";
const DurableExecutionArn = `${arnOf("probed")}:1/durable-execution/order/1`;
const token = "AAAA";

/** What needs machines or a kind of function that do not exist here. */
export const absentOperations: readonly Probe[] = [
  refused("CreateCapacityProvider", "functions run on this machine", (w) =>
    w.refusal(
      w.lambda.createCapacityProvider({
        CapacityProviderName,
        VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
        PermissionsConfig: { CapacityProviderOperatorRoleArn: "arn:aws:iam::123456789012:role/operator" },
      }),
    ),
  ),
  empty("GetCapacityProvider", "there is none", (w) => w.refusal(w.lambda.getCapacityProvider({ CapacityProviderName }))),
  empty("UpdateCapacityProvider", "there is none", (w) => w.refusal(w.lambda.updateCapacityProvider({ CapacityProviderName }))),
  empty("DeleteCapacityProvider", "there is none", (w) => w.refusal(w.lambda.deleteCapacityProvider({ CapacityProviderName }))),
  empty("ListCapacityProviders", "an empty list", async ({ lambda }) => {
    expect((await lambda.listCapacityProviders({})).CapacityProviders).toEqual([]);
  }),
  empty("ListFunctionVersionsByCapacityProvider", "there is none", (w) =>
    w.refusal(w.lambda.listFunctionVersionsByCapacityProvider({ CapacityProviderName })),
  ),
  empty("ListDurableExecutionsByFunction", "an empty list", async (w) => {
    expect((await w.lambda.listDurableExecutionsByFunction({ FunctionName: "probed" })).DurableExecutions).toEqual([]);
    const missing = w.lambda.listDurableExecutionsByFunction({ FunctionName: "nobody" });
    expect(await w.refusal(missing)).toBe(`ResourceNotFoundException: Function not found: ${arnOf("nobody")}`);
  }),
  empty("GetDurableExecution", "there is none", (w) => w.refusal(w.lambda.getDurableExecution({ DurableExecutionArn }))),
  empty("GetDurableExecutionHistory", "there is none", (w) => w.refusal(w.lambda.getDurableExecutionHistory({ DurableExecutionArn }))),
  empty("GetDurableExecutionState", "there is none", (w) =>
    w.refusal(w.lambda.getDurableExecutionState({ DurableExecutionArn, CheckpointToken: token })),
  ),
  empty("CheckpointDurableExecution", "there is none", (w) =>
    w.refusal(w.lambda.checkpointDurableExecution({ DurableExecutionArn, CheckpointToken: token })),
  ),
  empty("StopDurableExecution", "there is none", (w) => w.refusal(w.lambda.stopDurableExecution({ DurableExecutionArn }))),
  empty("SendDurableExecutionCallbackSuccess", "nobody waits", (w) =>
    w.refusal(w.lambda.sendDurableExecutionCallbackSuccess({ CallbackId: token })),
  ),
  empty("SendDurableExecutionCallbackFailure", "nobody waits", (w) =>
    w.refusal(w.lambda.sendDurableExecutionCallbackFailure({ CallbackId: token })),
  ),
  empty("SendDurableExecutionCallbackHeartbeat", "nobody waits", (w) =>
    w.refusal(w.lambda.sendDurableExecutionCallbackHeartbeat({ CallbackId: token })),
  ),
];
