import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const put = (FunctionName: string, ReservedConcurrentExecutions: number) =>
  world.call("lambda", "PutFunctionConcurrency", { FunctionName, ReservedConcurrentExecutions });
const tooMany =
  "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].";

describe("PutFunctionConcurrency", () => {
  it("reserves, as GetFunction and GetAccountSettings show, until it is deleted", async () => {
    await world.createFunction("reserved");
    expect(await put("reserved", 5)).toEqual({ ReservedConcurrentExecutions: 5 });
    expect(await world.call("lambda", "GetFunctionConcurrency", { FunctionName: "reserved" })).toEqual({ ReservedConcurrentExecutions: 5 });
    expect((await world.call("lambda", "GetFunction", { FunctionName: "reserved" })).Concurrency).toEqual({
      ReservedConcurrentExecutions: 5,
    });
    expect((await world.call("lambda", "GetAccountSettings", {})).AccountLimit?.UnreservedConcurrentExecutions).toBe(995);
    await world.call("lambda", "DeleteFunctionConcurrency", { FunctionName: "reserved" });
    expect(await world.call("lambda", "GetFunctionConcurrency", { FunctionName: "reserved" })).toEqual({});
    expect((await world.call("lambda", "GetAccountSettings", {})).AccountLimit?.UnreservedConcurrentExecutions).toBe(1000);
  });

  it("leaves a hundred to the others", async () => {
    await world.createFunction("first");
    await world.createFunction("second");
    await expect(put("first", 901)).rejects.toThrow(tooMany);
    await put("first", 500);
    await expect(put("second", 401)).rejects.toThrow(tooMany);
    await put("first", 900);
    await world.call("lambda", "DeleteFunction", { FunctionName: "first" });
    await put("second", 900);
    await put("second", 0);
  });

  it("is for whole functions that exist", async () => {
    await expect(put("nope", 1)).rejects.toThrow(`Function not found: ${arnOf("nope:$LATEST")}`);
    await expect(put("nope:1", 1)).rejects.toThrow("This operation is permitted on Lambda functions only.");
  });
});
