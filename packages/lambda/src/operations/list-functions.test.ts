import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
  for (const name of ["c", "a", "b"]) await world.createFunction(name, { Publish: name === "b" });
});
afterAll(() => world.close());

describe("ListFunctions", () => {
  it("lists functions without their states", async () => {
    const { Functions, NextMarker } = await world.call("lambda", "ListFunctions", {});
    expect(Functions?.map(({ FunctionArn }) => FunctionArn)).toEqual(["a", "b", "c"].map(arnOf));
    expect(NextMarker).toBeUndefined();
    expect(Functions?.[0]).not.toHaveProperty("State");
    expect(Functions?.[0]).not.toHaveProperty("LastUpdateStatus");
    expect(Functions?.[0]).not.toHaveProperty("RuntimeVersionConfig");
  });

  it("pages, versions included if asked", async () => {
    const seen: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await world.call("lambda", "ListFunctions", { FunctionVersion: "ALL", MaxItems: 1, Marker });
      seen.push(...(page.Functions ?? []).map(({ FunctionArn }) => FunctionArn));
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(seen).toEqual(["a:$LATEST", "b:$LATEST", "b:1", "c:$LATEST"].map(arnOf));
  });

  it("refuses a marker that it did not give", async () => {
    await expect(world.call("lambda", "ListFunctions", { Marker: "nonsense" })).rejects.toMatchObject({
      code: "InvalidParameterValueException",
    });
  });
});
