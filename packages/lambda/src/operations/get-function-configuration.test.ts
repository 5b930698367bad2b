import { afterAll, beforeAll, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

it("answers the settled configuration with its runtime's version", async () => {
  await world.createFunction("hello", { Runtime: "python3.12" });
  expect(await world.call("lambda", "GetFunctionConfiguration", { FunctionName: "hello" })).toMatchObject({
    State: "Active",
    LastUpdateStatus: "Successful",
    RuntimeVersionConfig: { RuntimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/) },
  });
});

it("does not find what is not there", async () => {
  await expect(world.call("lambda", "GetFunctionConfiguration", { FunctionName: "nope:prod" })).rejects.toThrow(
    `Function not found: ${arnOf("nope:prod")}`,
  );
});
