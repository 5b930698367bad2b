import { waitFor } from "@mayfly/testkit";
import { expect } from "vitest";
import { queueFunctions } from "../../sdk/queue-functions.ts";
import { acts, type Probe } from "../probe.ts";
import { arnOf } from "../world.ts";

const FunctionName = "patient";

/** What becomes of asynchronous events. */
export const asynchronousOperations: readonly Probe[] = [
  acts(
    "PutFunctionEventInvokeConfig",
    "functions, standard queues and standard topics take what succeeded and what failed, buckets what failed; buses are not there yet",
    async (w) => {
      await w.create(FunctionName);
      const $ = queueFunctions(w.clients);
      await $.allowQueues();
      const queue = await $.createQueue("succeeded");
      const OnFailure = { Destination: arnOf("probed") };
      const OnSuccess = { Destination: queue.arn };
      const config = await w.lambda.putFunctionEventInvokeConfig({
        FunctionName,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure, OnSuccess },
      });
      expect(config).toMatchObject({ MaximumRetryAttempts: 1, DestinationConfig: { OnFailure, OnSuccess } });
      await w.lambda.invoke({ FunctionName, InvocationType: "Event", Payload: "5" });
      const [message] = await waitFor("the record", async () => {
        const messages = await $.receive(queue);
        return messages.length > 0 && messages;
      });
      expect(JSON.parse(message?.Body ?? "")).toMatchObject({ requestContext: { condition: "Success" }, requestPayload: 5 });
    },
  ),
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
