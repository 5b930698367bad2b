import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("more requests a second than ten for each unit of concurrency", () => {
  // One a second, so that a slow machine comes to it as well.
  const limits = { concurrentExecutionCount: 2, minimumUnreservedCount: 0, requestsPerConcurrencyCount: 1 };
  let counted: TestLambda;
  beforeAll(async () => {
    counted = await startTestLambda({ engine: realEngine, limits });
  });
  afterAll(() => counted.close());

  const call = (FunctionName: string, InvocationType: "Event" | "RequestResponse" = "RequestResponse") =>
    counted.call("lambda", "Invoke", { FunctionName, InvocationType, Payload: Buffer.from('{"waitMs":0}') });
  const reports = async (name: string): Promise<number> => {
    const filter = { logGroupName: `/aws/lambda/${name}`, filterPattern: "REPORT" };
    const { events } = await counted.call("logs", "FilterLogEvents", filter).catch(() => ({ events: [] }));
    return events?.length ?? 0;
  };
  const untilRefused = async (name: string): Promise<never> => {
    for (;;) await call(name);
  };

  it("are refused whoever waits for an answer, with whose they are, until time has gone by", async () => {
    for (const name of ["first", "second"]) {
      await counted.createFunction(name, { Code: { ZipFile: await zipOfFiles({ "index.js": waiting }) } });
    }
    await counted.call("lambda", "PutFunctionConcurrency", { FunctionName: "second", ReservedConcurrentExecutions: 1 });
    await expect(untilRefused("second")).rejects.toMatchObject(refused("ReservedFunctionInvocationRateLimitExceeded"));
    await expect(untilRefused("first")).rejects.toMatchObject(refused("FunctionInvocationRateLimitExceeded"));
    await until(async () => (await call("second").catch(() => undefined))?.StatusCode === 200);
  });

  it("are run if they are asynchronous", async () => {
    await counted.createFunction("third", { Code: { ZipFile: await zipOfFiles({ "index.js": waiting }) } });
    await counted.call("lambda", "PutFunctionConcurrency", { FunctionName: "third", ReservedConcurrentExecutions: 1 });
    for (let i = 0; i < 40; i++) await call("third", "Event");
    await expect.poll(() => reports("third"), { timeout: 20_000 }).toBe(40);
  });
});
