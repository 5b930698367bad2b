import { waitFor } from "@mayfly/testkit";
import { expect } from "vitest";
import { acts, kept, refused, type Probe } from "../probe.ts";

const FunctionName = "bounded";
const alias = { FunctionName, Qualifier: "ready" };

/** How many run at once, how far they may go round in circles, and which runtime version runs them. */
export const concurrencyOperations: readonly Probe[] = [
  acts("PutFunctionConcurrency", "0 refuses every invocation", async (w) => {
    await w.create(FunctionName, "return process.env.AWS_LAMBDA_INITIALIZATION_TYPE;");
    await w.lambda.putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: 0 });
    expect(await w.refusal(w.invoke(FunctionName))).toBe("TooManyRequestsException: Rate Exceeded.");
  }),
  acts("GetFunctionConcurrency", "what was put", async ({ lambda }) => {
    expect((await lambda.getFunctionConcurrency({ FunctionName })).ReservedConcurrentExecutions).toBe(0);
  }),
  acts("DeleteFunctionConcurrency", "the function runs again", async (w) => {
    await w.lambda.deleteFunctionConcurrency({ FunctionName });
    expect(await w.invoke(FunctionName)).toBe("on-demand");
  }),
  acts("PutProvisionedConcurrencyConfig", "environments are initialised ahead, and take the invocations", async (w) => {
    await w.lambda.publishVersion({ FunctionName });
    await w.lambda.createAlias({ FunctionName, Name: "ready", FunctionVersion: "1" });
    await w.lambda.putProvisionedConcurrencyConfig({ ...alias, ProvisionedConcurrentExecutions: 1 });
    const status = async () => (await w.lambda.getProvisionedConcurrencyConfig(alias)).Status;
    await waitFor("the environment to be there", async () => (await status()) === "READY");
    expect(await w.invoke(FunctionName, {}, "ready")).toBe("provisioned-concurrency");
  }),
  acts("GetProvisionedConcurrencyConfig", "counts what is there", async ({ lambda }) => {
    expect(await lambda.getProvisionedConcurrencyConfig(alias)).toMatchObject({
      RequestedProvisionedConcurrentExecutions: 1,
      AllocatedProvisionedConcurrentExecutions: 1,
      AvailableProvisionedConcurrentExecutions: 1,
    });
  }),
  acts("ListProvisionedConcurrencyConfigs", "those of the function", async ({ lambda }) => {
    expect((await lambda.listProvisionedConcurrencyConfigs({ FunctionName })).ProvisionedConcurrencyConfigs).toHaveLength(1);
  }),
  acts("DeleteProvisionedConcurrencyConfig", "invocations start on demand again", async (w) => {
    await w.lambda.deleteProvisionedConcurrencyConfig(alias);
    expect(await w.refusal(w.lambda.getProvisionedConcurrencyConfig(alias))).toMatch(/^ProvisionedConcurrencyConfigNotFoundException: /);
    await waitFor("an on-demand environment", async () => (await w.invoke(FunctionName, {}, "ready")) === "on-demand");
  }),
  refused("PutFunctionScalingConfig", "it is for functions on managed instances, of which there are none", (w) =>
    w.refusal(
      w.lambda.putFunctionScalingConfig({
        FunctionName,
        Qualifier: "$LATEST.PUBLISHED",
        FunctionScalingConfig: { MinExecutionEnvironments: 1, MaxExecutionEnvironments: 2 },
      }),
    ),
  ),
  refused("GetFunctionScalingConfig", "likewise", (w) =>
    w.refusal(w.lambda.getFunctionScalingConfig({ FunctionName, Qualifier: "$LATEST.PUBLISHED" })),
  ),
  acts("PutFunctionRecursionConfig", "answers what is set from now on", async ({ lambda }) => {
    expect((await lambda.putFunctionRecursionConfig({ FunctionName, RecursiveLoop: "Allow" })).RecursiveLoop).toBe("Allow");
  }),
  acts("GetFunctionRecursionConfig", "what was put; Terminate without", async ({ lambda }) => {
    expect((await lambda.getFunctionRecursionConfig({ FunctionName })).RecursiveLoop).toBe("Allow");
    expect((await lambda.getFunctionRecursionConfig({ FunctionName: "probed" })).RecursiveLoop).toBe("Terminate");
  }),
  kept("PutRuntimeManagementConfig", "the machine has one version of each runtime, which runs whatever this says", async ({ lambda }) => {
    const config = await lambda.putRuntimeManagementConfig({ FunctionName, UpdateRuntimeOn: "FunctionUpdate" });
    expect(config.UpdateRuntimeOn).toBe("FunctionUpdate");
  }),
  kept("GetRuntimeManagementConfig", "what was put; Auto without", async ({ lambda }) => {
    expect((await lambda.getRuntimeManagementConfig({ FunctionName })).UpdateRuntimeOn).toBe("FunctionUpdate");
    expect((await lambda.getRuntimeManagementConfig({ FunctionName: "probed" })).UpdateRuntimeOn).toBe("Auto");
  }),
];
