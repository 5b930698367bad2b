import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InputOf } from "@mayfly/kernel";
import { account, arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const get = (FunctionName: string) => world.call("lambda", "GetFunctionConfiguration", { FunctionName });
const update = (FunctionName: string, change: Omit<InputOf<"lambda", "UpdateFunctionConfiguration">, "FunctionName">) =>
  world.call("lambda", "UpdateFunctionConfiguration", { FunctionName, ...change });
const updateAndSettle = async (...[name, change]: Parameters<typeof update>) => {
  await update(name, change);
  await until(async () => (await get(name)).LastUpdateStatus === "Successful");
  return get(name);
};

describe("UpdateFunctionConfiguration", () => {
  it("changes what is given and keeps the rest", async () => {
    await world.createFunction("changing", { Timeout: 7, Environment: { Variables: { A: "1" } } });
    expect(await update("changing", { MemorySize: 256 })).toMatchObject({
      MemorySize: 256,
      Timeout: 7,
      Environment: { Variables: { A: "1" } },
      LastUpdateStatus: "InProgress",
      LastUpdateStatusReasonCode: "Creating",
    });
  });

  it("takes members away again", async () => {
    await world.createFunction("clearing", {
      Environment: { Variables: { A: "1" } },
      DeadLetterConfig: { TargetArn: `arn:aws:sns:us-east-1:${account}:q` },
      VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
      LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel: "DEBUG" },
    });
    const after = await updateAndSettle("clearing", {
      Environment: { Variables: {} },
      DeadLetterConfig: { TargetArn: "" },
      VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
      LoggingConfig: { LogFormat: "Text" },
    });
    expect(after.Environment).toEqual({ Variables: {} });
    expect(after.DeadLetterConfig).toBeUndefined();
    expect(after.VpcConfig).toMatchObject({ SubnetIds: [], SecurityGroupIds: [], VpcId: "" });
    expect(after.LoggingConfig).toEqual({ LogFormat: "Text", LogGroup: "/aws/lambda/clearing" });
  });

  it("gives a new revision even when nothing changes", async () => {
    await world.createFunction("noop");
    const before = await get("noop");
    expect((await updateAndSettle("noop", {})).RevisionId).not.toBe(before.RevisionId);
  });

  it("survives a restart", async () => {
    const first = await startTestLambda();
    await first.createFunction("kept", { Description: "kept" });
    await first.stop();
    const second = await startTestLambda({ folder: first.folder });
    expect(await second.call("lambda", "GetFunctionConfiguration", { FunctionName: "kept" })).toMatchObject({
      Description: "kept",
      State: "Active",
    });
    await second.close();
  });

  it("refuses an old revision, another's role and what is not there", async () => {
    const created = await world.createFunction("guarded");
    await expect(update("guarded", { RevisionId: created.RevisionId })).rejects.toMatchObject({ code: "PreconditionFailedException" });
    await expect(update("guarded", { Role: `arn:aws:iam::${account}:role/nobody` })).rejects.toThrow(
      "The role defined for the function cannot be assumed by Lambda.",
    );
    await expect(update("nope", {})).rejects.toThrow(`Function not found: ${arnOf("nope")}`);
  });
});
