import { afterAll, beforeAll, expect, it } from "vitest";
import { plainZip, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

it("answers limits, and what the account uses of them", async () => {
  await world.createFunction("a", { Publish: true });
  expect(await world.call("lambda", "GetAccountSettings", {})).toEqual({
    AccountLimit: {
      TotalCodeSize: 80530636800,
      CodeSizeUnzipped: 262144000,
      CodeSizeZipped: 52428800,
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 1000,
    },
    AccountUsage: { TotalCodeSize: 2 * (await plainZip()).byteLength, FunctionCount: 1 },
  });
});

const settings = () => world.call("lambda", "GetAccountSettings", {});

it("counts what is reserved, and what is provisioned of functions that reserve nothing", async () => {
  await world.createFunction("reserving", { Publish: true });
  await world.createFunction("provisioned", { Publish: true });
  await world.call("lambda", "PutFunctionConcurrency", { FunctionName: "reserving", ReservedConcurrentExecutions: 20 });
  for (const FunctionName of ["reserving", "provisioned"])
    await world.call("lambda", "PutProvisionedConcurrencyConfig", { FunctionName, Qualifier: "1", ProvisionedConcurrentExecutions: 7 });
  expect((await settings()).AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 973 });
});

it("counts the code of each version of functions and layers, as long as there is one", async () => {
  const before = (await settings()).AccountUsage;
  const size = (await plainZip()).byteLength;
  await world.createFunction("sized", { Publish: true });
  for (let version = 1; version <= 2; version++)
    await world.call("lambda", "PublishLayerVersion", { LayerName: "sized", Content: { ZipFile: await plainZip() } });
  const more = (versions: number, functions: number) => ({
    TotalCodeSize: (before?.TotalCodeSize ?? 0) + versions * size,
    FunctionCount: (before?.FunctionCount ?? 0) + functions,
  });
  expect((await settings()).AccountUsage).toEqual(more(4, 1));
  await world.call("lambda", "DeleteLayerVersion", { LayerName: "sized", VersionNumber: 1 });
  expect((await settings()).AccountUsage).toEqual(more(3, 1));
  await world.call("lambda", "DeleteFunction", { FunctionName: "sized" });
  expect((await settings()).AccountUsage).toEqual(more(1, 0));
});
