import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const remove = (FunctionName: string) => world.call("lambda", "DeleteFunction", { FunctionName });

describe("DeleteFunction", () => {
  it("deletes a function with all its versions, at once", async () => {
    await world.createFunction("gone", { Publish: true });
    expect(await remove("gone")).toEqual({ StatusCode: 204 });
    for (const name of ["gone", "gone:1"])
      await expect(world.call("lambda", "GetFunction", { FunctionName: name })).rejects.toThrow("Function not found");
    expect((await world.call("lambda", "ListFunctions", { FunctionVersion: "ALL" })).Functions).toEqual([]);
    await expect(world.createFunction("gone")).resolves.toBeDefined();
  });

  it("deletes one version", async () => {
    await world.createFunction("versions", { Publish: true });
    await remove("versions:1");
    await expect(world.call("lambda", "GetFunction", { FunctionName: "versions:1" })).rejects.toThrow("Function not found");
    await expect(world.call("lambda", "GetFunction", { FunctionName: "versions" })).resolves.toBeDefined();
  });

  it("refuses what cannot be deleted", async () => {
    await world.createFunction("kept");
    await expect(remove("kept:$LATEST")).rejects.toThrow("$LATEST version cannot be deleted without deleting the function.");
    await expect(remove("kept:9")).rejects.toThrow(`Function not found: ${arnOf("kept:9")}`);
    await expect(remove("nope")).rejects.toThrow(`Function not found: ${arnOf("nope")}`);
  });
});
