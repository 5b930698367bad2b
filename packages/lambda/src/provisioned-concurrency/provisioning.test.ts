import { expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { startTestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";

it("ends what is provisioned when all is thrown away, although the engine stays", async () => {
  const world = await startTestLambda({ engine: realEngine });
  await world.createFunction("thrown-away", { Publish: true });
  const input = { FunctionName: "thrown-away", Qualifier: "1" };
  await world.call("lambda", "PutProvisionedConcurrencyConfig", { ...input, ProvisionedConcurrentExecutions: 2 });
  await until(async () => (await world.call("lambda", "GetProvisionedConcurrencyConfig", input)).Status === "READY");
  expect(world.engine.environments()).toHaveLength(2);
  await world.lambda.abandon();
  await until(() => world.engine.environments().length === 0);
  await world.close();
});

it("shares what a version has among its aliases, in their order", async () => {
  const world = await startTestLambda({ engine: realEngine });
  await world.createFunction("shared", { Publish: true });
  const put = (Qualifier: string, ProvisionedConcurrentExecutions: number) =>
    world.call("lambda", "PutProvisionedConcurrencyConfig", { FunctionName: "shared", Qualifier, ProvisionedConcurrentExecutions });
  const counts = async () => {
    const { ProvisionedConcurrencyConfigs = [] } = await world.call("lambda", "ListProvisionedConcurrencyConfigs", {
      FunctionName: "shared",
    });
    return ProvisionedConcurrencyConfigs.map((config) => [config.Status, config.AvailableProvisionedConcurrentExecutions]);
  };
  for (const Name of ["blue", "green"]) await world.call("lambda", "CreateAlias", { FunctionName: "shared", Name, FunctionVersion: "1" });
  await put("blue", 2);
  await put("green", 1);
  await until(async () => (await counts()).every(([status]) => status === "READY"));
  expect(await counts()).toEqual([
    ["READY", 2],
    ["READY", 1],
  ]);
  expect(world.engine.environments()).toHaveLength(3);
  await world.call("lambda", "DeleteAlias", { FunctionName: "shared", Name: "blue" });
  await until(() => world.engine.environments().length === 1);
  expect(await counts()).toEqual([["READY", 1]]);
  await world.close();
});
