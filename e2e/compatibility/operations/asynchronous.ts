import { expect } from "vitest";
import { acts, type Probe } from "../probe.ts";
import { arnOf } from "../world.ts";

const FunctionName = "patient";

/** What becomes of asynchronous events. */
export const asynchronousOperations: readonly Probe[] = [
  acts("PutFunctionEventInvokeConfig", "answers what is set from now on", async (w) => {
    await w.create(FunctionName);
    const OnFailure = { Destination: arnOf("probed") };
    const config = await w.lambda.putFunctionEventInvokeConfig({ FunctionName, MaximumRetryAttempts: 1, DestinationConfig: { OnFailure } });
    expect(config).toMatchObject({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure } });
  }),
  acts("UpdateFunctionEventInvokeConfig", "what is not given stays", async ({ lambda }) => {
    const config = await lambda.updateFunctionEventInvokeConfig({ FunctionName, MaximumEventAgeInSeconds: 60 });
    expect(config).toMatchObject({ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60 });
  }),
  acts("GetFunctionEventInvokeConfig", "what was put", async ({ lambda }) => {
    expect(await lambda.getFunctionEventInvokeConfig({ FunctionName })).toMatchObject({ MaximumEventAgeInSeconds: 60 });
  }),
  acts("ListFunctionEventInvokeConfigs", "of each version and alias", async ({ lambda }) => {
    const { FunctionEventInvokeConfigs = [] } = await lambda.listFunctionEventInvokeConfigs({ FunctionName });
    expect(FunctionEventInvokeConfigs.map(({ FunctionArn }) => FunctionArn)).toEqual([`${arnOf(FunctionName)}:$LATEST`]);
  }),
  acts("DeleteFunctionEventInvokeConfig", "there are no settings any more", async (w) => {
    await w.lambda.deleteFunctionEventInvokeConfig({ FunctionName });
    expect(await w.refusal(w.lambda.getFunctionEventInvokeConfig({ FunctionName }))).toBe(
      `ResourceNotFoundException: The function ${arnOf(FunctionName)}:$LATEST doesn't have an EventInvokeConfig`,
    );
  }),
];
