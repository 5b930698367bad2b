import { afterAll, beforeAll, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { zipOfFiles } from "../testing/zips.ts";
import { until } from "../testing/until.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine, limits: { concurrentExecutionCount: 2, minimumUnreservedCount: 0 } });
});
afterAll(() => world.close());

const waiting = "exports.handler = (event) => new Promise((resolve) => setTimeout(resolve, event.waitMs));";
const invoke = (FunctionName: string, waitMs: number) =>
  world.call("lambda", "Invoke", { FunctionName, Payload: Buffer.from(JSON.stringify({ waitMs })) });
const refused = (Reason: string) => ({
  code: "TooManyRequestsException",
  message: "Rate Exceeded.",
  members: { Type: "User", Reason },
});

it("says whether the account's concurrency was used up or the function's own", async () => {
  for (const name of ["first", "second"]) {
    await world.createFunction(name, { Code: { ZipFile: await zipOfFiles({ "index.js": waiting }) }, Timeout: 60 });
  }
  await world.call("lambda", "PutFunctionConcurrency", { FunctionName: "second", ReservedConcurrentExecutions: 1 });
  // As long as these run nobody else is let in; they end with the engine.
  for (const name of ["first", "second"]) void invoke(name, 50_000).catch(() => {});
  await until(() => world.engine.environments().filter(({ state }) => state === "invoking").length === 2);
  await expect(invoke("first", 0)).rejects.toMatchObject(refused("ConcurrentInvocationLimitExceeded"));
  await expect(invoke("second", 0)).rejects.toMatchObject(refused("ReservedFunctionConcurrentInvocationLimitExceeded"));
});
