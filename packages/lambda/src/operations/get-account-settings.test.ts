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
