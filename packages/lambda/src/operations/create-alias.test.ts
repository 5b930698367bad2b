import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine });
  await world.createFunction("aliased", { Description: "1" });
  await publish("1");
  await publish("2");
});
afterAll(() => world.close());

async function publish(Description: string): Promise<void> {
  const FunctionName = "aliased";
  await world.call("lambda", "UpdateFunctionConfiguration", { FunctionName, Description });
  await until(async () => (await world.call("lambda", "GetFunctionConfiguration", { FunctionName })).LastUpdateStatus === "Successful");
  await world.call("lambda", "PublishVersion", { FunctionName });
}

const FunctionName = "aliased";
const create = (Name: string, FunctionVersion: string, weights?: Record<string, number>, more: object = {}) =>
  world.call("lambda", "CreateAlias", {
    FunctionName,
    Name,
    FunctionVersion,
    ...(weights && { RoutingConfig: { AdditionalVersionWeights: weights } }),
    ...more,
  });
const update = (Name: string, more: object) => world.call("lambda", "UpdateAlias", { FunctionName, Name, ...more });
const get = (Name: string) => world.call("lambda", "GetAlias", { FunctionName, Name });
const list = (more: object = {}) => world.call("lambda", "ListAliases", { FunctionName, ...more });
const remove = (Name: string) => world.call("lambda", "DeleteAlias", { FunctionName, Name });
const executed = async (qualifier: string): Promise<string | undefined> =>
  (await world.call("lambda", "Invoke", { FunctionName, Qualifier: qualifier })).ExecutedVersion;

describe("an alias", () => {
  it("names a version, as every operation sees it", async () => {
    const alias = await create("prod", "1", undefined, { Description: "what customers see" });
    expect(alias).toEqual({
      AliasArn: arnOf("aliased:prod"),
      Name: "prod",
      FunctionVersion: "1",
      Description: "what customers see",
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(await get("prod")).toEqual(alias);
    const { Configuration } = await world.call("lambda", "GetFunction", { FunctionName: `${arnOf("aliased")}:prod` });
    expect(Configuration).toMatchObject({ FunctionArn: arnOf("aliased:prod"), Version: "1", Description: "1" });
    expect(await executed("prod")).toBe("1");
  });

  it("leads elsewhere once it is updated; what is left out stays", async () => {
    const { RevisionId } = await create("moving", "1", undefined, { Description: "kept" });
    const moved = await update("moving", { FunctionVersion: "2", RevisionId });
    expect(moved).toMatchObject({ FunctionVersion: "2", Description: "kept" });
    expect(await executed("moving")).toBe("2");
    await expect(update("moving", { FunctionVersion: "1", RevisionId })).rejects.toMatchObject({ code: "PreconditionFailedException" });
    expect(await get("moving")).toEqual(moved);
  });

  it("splits invocations between two versions", async () => {
    await create("split", "1", { 2: 0.5 });
    expect((await get("split")).RoutingConfig).toEqual({ AdditionalVersionWeights: { 2: 0.5 } });
    const seen = new Set<string | undefined>();
    await until(async () => seen.add(await executed("split")).size === 2);
    expect([...seen].toSorted()).toEqual(["1", "2"]);
    await update("split", { RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } });
    expect(await executed("split")).toBe("2");
    expect(await update("split", { RoutingConfig: {} })).not.toHaveProperty("RoutingConfig");
    expect(await executed("split")).toBe("1");
  });

  it("keeps its version from being deleted", async () => {
    await world.createFunction("used", { Publish: true });
    await world.call("lambda", "CreateAlias", { FunctionName: "used", Name: "live", FunctionVersion: "1" });
    const removeVersion = () => world.call("lambda", "DeleteFunction", { FunctionName: "used", Qualifier: "1" });
    await expect(removeVersion()).rejects.toThrow("Unable to delete version because the following aliases reference it: [live]");
    await expect(world.call("lambda", "DeleteFunction", { FunctionName: "used:live" })).rejects.toThrow(
      "Deletion of aliases is not currently supported.",
    );
    await world.call("lambda", "DeleteAlias", { FunctionName: "used", Name: "live" });
    await removeVersion();
  });

  it("goes with its function", async () => {
    await world.createFunction("short");
    await world.call("lambda", "CreateAlias", { FunctionName: "short", Name: "live", FunctionVersion: "$LATEST" });
    await world.call("lambda", "DeleteFunction", { FunctionName: "short" });
    await world.createFunction("short");
    expect((await world.call("lambda", "ListAliases", { FunctionName: "short" })).Aliases).toEqual([]);
  });

  it("is listed by name, or by the versions that it leads to, in pages", async () => {
    await world.createFunction("many", { Publish: true });
    for (const Name of ["c", "a", "b"])
      await world.call("lambda", "CreateAlias", { FunctionName: "many", Name, FunctionVersion: Name === "b" ? "$LATEST" : "1" });
    const names = async (more: object): Promise<readonly (string | undefined)[]> =>
      ((await world.call("lambda", "ListAliases", { FunctionName: "many", ...more })).Aliases ?? []).map(({ Name }) => Name);
    expect(await names({})).toEqual(["a", "b", "c"]);
    expect(await names({ FunctionVersion: "1" })).toEqual(["a", "c"]);
    const { NextMarker } = await world.call("lambda", "ListAliases", { FunctionName: "many", MaxItems: 2 });
    expect(await names({ MaxItems: 2, Marker: NextMarker })).toEqual(["c"]);
  });

  it("can be deleted again and again", async () => {
    await create("gone", "1");
    await remove("gone");
    await remove("gone");
    await expect(get("gone")).rejects.toThrow(`Cannot find alias arn: ${arnOf("aliased:gone")}`);
    await expect(executed("gone")).rejects.toThrow(`Function not found: ${arnOf("aliased:gone")}`);
  });

  it("refuses what leads nowhere", async () => {
    await create("taken", "1");
    await expect(create("taken", "1")).rejects.toMatchObject({
      code: "ResourceConflictException",
      message: `Alias already exists: ${arnOf("aliased:taken")}`,
    });
    await expect(create("new", "10")).rejects.toThrow(`Function not found: ${arnOf("aliased:10")}`);
    await expect(create("new", "1", { 10: 0.5 })).rejects.toThrow(`Function not found: ${arnOf("aliased:10")}`);
    await expect(create("new", "1", { 1: 0.5 })).rejects.toThrow(
      "Invalid function version 1. Function version 1 is already included in routing configuration.",
    );
    await expect(create("new", "1", { 2: 0.5, 1: 0.5 })).rejects.toThrow(
      "Number of items in AdditionalVersionWeights cannot be greater than 1",
    );
    await expect(create("new", "$LATEST", { 2: 0.5 })).rejects.toThrow(
      "$LATEST is not supported for an alias pointing to more than 1 version",
    );
    await expect(update("nobody", {})).rejects.toThrow(`Alias not found: ${arnOf("aliased:nobody")}`);
    await expect(world.call("lambda", "CreateAlias", { FunctionName: "unknown", Name: "a", FunctionVersion: "1" })).rejects.toThrow(
      `Function not found: ${arnOf("unknown:1")}`,
    );
    expect((await list()).Aliases?.map(({ Name }) => Name)).not.toContain("new");
  });
});
