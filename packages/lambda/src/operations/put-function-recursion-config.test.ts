import { afterAll, beforeAll, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

it("PutFunctionRecursionConfig is kept; Terminate is what a function begins with", async () => {
  await world.createFunction("loops");
  const get = () => world.call("lambda", "GetFunctionRecursionConfig", { FunctionName: "loops" });
  expect(await get()).toEqual({ RecursiveLoop: "Terminate" });
  for (const RecursiveLoop of ["Allow", "Terminate", "Allow"] as const) {
    expect(await world.call("lambda", "PutFunctionRecursionConfig", { FunctionName: "loops", RecursiveLoop })).toEqual({ RecursiveLoop });
    expect(await get()).toEqual({ RecursiveLoop });
  }
});

it("both speak of functions that are there", async () => {
  const missing = `Function not found: ${arnOf("nope")}`;
  await expect(world.call("lambda", "GetFunctionRecursionConfig", { FunctionName: "nope" })).rejects.toThrow(missing);
  const input = { FunctionName: "nope", RecursiveLoop: "Allow" } as const;
  await expect(world.call("lambda", "PutFunctionRecursionConfig", input)).rejects.toThrow(missing);
});
