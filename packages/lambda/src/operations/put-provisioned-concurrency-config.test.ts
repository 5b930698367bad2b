import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const put = (FunctionName: string, Qualifier: string, ProvisionedConcurrentExecutions: number) =>
  world.call("lambda", "PutProvisionedConcurrencyConfig", { FunctionName, Qualifier, ProvisionedConcurrentExecutions });
const get = (FunctionName: string, Qualifier: string) =>
  world.call("lambda", "GetProvisionedConcurrencyConfig", { FunctionName, Qualifier });
const remove = (FunctionName: string, Qualifier: string) =>
  world.call("lambda", "DeleteProvisionedConcurrencyConfig", { FunctionName, Qualifier });
const list = async (FunctionName: string) =>
  (await world.call("lambda", "ListProvisionedConcurrencyConfigs", { FunctionName })).ProvisionedConcurrencyConfigs ?? [];
const unreserved = async () => (await world.call("lambda", "GetAccountSettings", {})).AccountLimit?.UnreservedConcurrentExecutions;

/** A function with versions 1 and 2, and the alias `live` of version 1. */
async function released(FunctionName: string): Promise<void> {
  await world.createFunction(FunctionName, { Publish: true });
  await world.call("lambda", "UpdateFunctionConfiguration", { FunctionName, Description: "second" });
  await until(async () => (await world.call("lambda", "GetFunctionConfiguration", { FunctionName })).LastUpdateStatus === "Successful");
  await world.call("lambda", "PublishVersion", { FunctionName });
  await world.call("lambda", "CreateAlias", { FunctionName, Name: "live", FunctionVersion: "1" });
}

const notFoundConfig = "No Provisioned Concurrency Config found for this function";

describe("PutProvisionedConcurrencyConfig", () => {
  it("is kept and told, and is the alias's or the version's that it was put on", async () => {
    await released("kept");
    expect(await put("kept", "live", 2)).toEqual({
      RequestedProvisionedConcurrentExecutions: 2,
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: "IN_PROGRESS",
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
    });
    await put("kept", "2", 3);
    expect((await list("kept")).map(({ FunctionArn, RequestedProvisionedConcurrentExecutions: n }) => [FunctionArn, n])).toEqual([
      [arnOf("kept:2"), 3],
      [arnOf("kept:live"), 2],
    ]);
    expect(await unreserved()).toBe(995);
    await remove("kept", "2");
    await remove("kept", "2");
    await expect(get("kept", "2")).rejects.toThrow(notFoundConfig);
    expect(await unreserved()).toBe(998);
    await world.call("lambda", "DeleteAlias", { FunctionName: "kept", Name: "live" });
    expect(await list("kept")).toEqual([]);
    expect(await unreserved()).toBe(1000);
  });

  it("goes with its version, and with its function", async () => {
    await released("gone");
    await put("gone", "2", 3);
    await world.call("lambda", "DeleteFunction", { FunctionName: "gone", Qualifier: "2" });
    expect(await list("gone")).toEqual([]);
    await put("gone", "live", 3);
    await world.call("lambda", "DeleteFunction", { FunctionName: "gone" });
    expect(await unreserved()).toBe(1000);
    await expect(list("gone")).rejects.toThrow(`Function not found: ${arnOf("gone")}`);
  });

  it("is for published versions and aliases that are there", async () => {
    await released("named");
    const unpublished = "Provisioned Concurrency Configs cannot be applied to unpublished function versions.";
    const neither = "The function resource provided must be an alias or a published version.";
    await expect(put("named", "$LATEST", 1)).rejects.toThrow(unpublished);
    for (const ask of [get, remove]) await expect(ask("named", "$LATEST")).rejects.toThrow(neither);
    for (const ask of [get, remove, (name: string, qualifier: string) => put(name, qualifier, 1)]) {
      await expect(ask("named", "10")).rejects.toThrow(`Function not found: ${arnOf("named:10")}`);
      await expect(ask("named", "none")).rejects.toThrow(`Cannot find alias arn: ${arnOf("named:none")}`);
      await expect(ask("nope", "none")).rejects.toThrow(`Cannot find alias arn: ${arnOf("nope:none")}`);
      await expect(ask("nope", "1")).rejects.toThrow(`Function not found: ${arnOf("nope:1")}`);
    }
    await world.call("lambda", "CreateAlias", { FunctionName: "named", Name: "newest", FunctionVersion: "$LATEST" });
    await expect(put("named", "newest", 1)).rejects.toThrow(unpublished);
    await put("named", "live", 1);
    const move = { FunctionName: "named", Name: "live", FunctionVersion: "$LATEST" };
    await expect(world.call("lambda", "UpdateAlias", move)).rejects.toThrow(unpublished);
  });

  it("is not for an alias and its version at once, nor put on an alias with weights", async () => {
    await released("twice");
    const already = "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version";
    await put("twice", "1", 1);
    await expect(put("twice", "live", 1)).rejects.toThrow(already);
    await remove("twice", "1");
    await put("twice", "live", 1);
    await expect(put("twice", "1", 1)).rejects.toThrow("Version is pointed by a Provisioned Concurrency alias");

    await put("twice", "2", 1);
    const update = { FunctionName: "twice", Name: "live" };
    await expect(world.call("lambda", "UpdateAlias", { ...update, FunctionVersion: "2" })).rejects.toThrow(already);
    await remove("twice", "2");
    await world.call("lambda", "UpdateAlias", { ...update, RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } });
    await expect(put("twice", "live", 2)).rejects.toThrow("Alias with weights can not be used with Provisioned Concurrency");
    await expect(put("twice", "2", 1)).rejects.toThrow("Version is pointed by a Provisioned Concurrency alias");
  });

  it("fits into what the function has reserved, or into what the account has not", async () => {
    await released("bounded");
    const tooMuch = (left: number) =>
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${left}].`;
    const before = (await unreserved()) ?? 0;
    await expect(put("bounded", "live", before + 1)).rejects.toThrow(tooMuch(before));
    await expect(put("bounded", "live", before - 99)).rejects.toThrow(
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    );
    await put("bounded", "live", before - 100);
    expect(await unreserved()).toBe(100);
    await put("bounded", "live", 2);
    await put("bounded", "2", 1);

    const reserve = (ReservedConcurrentExecutions: number) =>
      world.call("lambda", "PutFunctionConcurrency", { FunctionName: "bounded", ReservedConcurrentExecutions });
    await expect(reserve(2)).rejects.toThrow(
      "ReservedConcurrentExecutions  2 should not be lower than function's total provisioned concurrency [3].",
    );
    await reserve(4);
    expect(await unreserved()).toBe(before - 4);
    await put("bounded", "live", 3);
    await expect(put("bounded", "live", 4)).rejects.toThrow(
      "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
    );
    expect(await unreserved()).toBe(before - 4);
    await world.call("lambda", "DeleteFunctionConcurrency", { FunctionName: "bounded" });
    expect(await unreserved()).toBe(before - 4);
  });

  it("is counted after a restart, too", async () => {
    const first = await startTestLambda();
    await first.createFunction("durable", { Publish: true });
    const input = { FunctionName: "durable", Qualifier: "1" };
    await first.call("lambda", "PutProvisionedConcurrencyConfig", { ...input, ProvisionedConcurrentExecutions: 7 });
    await first.stop();
    const second = await startTestLambda({ folder: first.folder });
    const { AccountLimit } = await second.call("lambda", "GetAccountSettings", {});
    expect(AccountLimit?.UnreservedConcurrentExecutions).toBe(993);
    expect(await second.call("lambda", "GetProvisionedConcurrencyConfig", input)).toMatchObject({
      RequestedProvisionedConcurrentExecutions: 7,
    });
    await second.close();
  });
});
