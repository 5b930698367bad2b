import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";
import { zipOfFiles } from "../testing/zips.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const configuration = (FunctionName: string) => world.call("lambda", "GetFunctionConfiguration", { FunctionName });
const publish = (FunctionName: string, more: object = {}) => world.call("lambda", "PublishVersion", { FunctionName, ...more });
const versions = (FunctionName: string, more: object = {}) => world.call("lambda", "ListVersionsByFunction", { FunctionName, ...more });
const describeAs = async (FunctionName: string, Description: string): Promise<void> => {
  await world.call("lambda", "UpdateFunctionConfiguration", { FunctionName, Description });
  await until(async () => (await configuration(FunctionName)).LastUpdateStatus === "Successful");
};

describe("PublishVersion", () => {
  it("makes a version that stays as it was", async () => {
    await world.createFunction("kept", { Description: "first" });
    const before = await configuration("kept");
    const published = await publish("kept", { Description: "the first one" });
    expect(published).toMatchObject({
      FunctionArn: arnOf("kept:1"),
      Version: "1",
      Description: "the first one",
      State: "Active",
      LastUpdateStatus: "Successful",
      CodeSha256: before.CodeSha256,
    });
    await world.call("lambda", "UpdateFunctionCode", {
      FunctionName: "kept",
      ZipFile: await zipOfFiles({ "index.js": "exports.handler = async () => 2;" }),
    });
    expect(await configuration("kept:1")).toEqual(published);
    expect((await configuration("kept")).CodeSha256).not.toBe(before.CodeSha256);
  });

  it("gives the latest one again as long as nothing has changed", async () => {
    await world.createFunction("same");
    const first = await publish("same", { Description: "one" });
    expect(await publish("same", { Description: "two" })).toEqual(first);
    await describeAs("same", "changed");
    expect(await publish("same")).toMatchObject({ Version: "2", Description: "changed" });
  });

  it("never uses a number twice", async () => {
    await world.createFunction("numbers");
    await publish("numbers");
    await world.call("lambda", "DeleteFunction", { FunctionName: "numbers", Qualifier: "1" });
    expect((await publish("numbers")).Version).toBe("2");
  });

  it("gives $LATEST another revision", async () => {
    await world.createFunction("revision");
    const { RevisionId } = await configuration("revision");
    await publish("revision", { RevisionId });
    await expect(publish("revision", { RevisionId })).rejects.toMatchObject({
      code: "PreconditionFailedException",
      message: expect.stringContaining("The Revision Id provided does not match the latest Revision Id."),
    });
  });

  it("refuses other code than the caller means", async () => {
    const { CodeSha256 } = await world.createFunction("code");
    const other = Buffer.alloc(32).toString("base64");
    await expect(publish("code", { CodeSha256: other })).rejects.toThrow(
      `CodeSHA256 (${other}) is different from current CodeSHA256 in $LATEST (${CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
    expect((await publish("code", { CodeSha256 })).Version).toBe("1");
  });

  it("counts as code storage", async () => {
    await world.createFunction("stored");
    const usage = async () => (await world.call("lambda", "GetAccountSettings", {})).AccountUsage?.TotalCodeSize ?? 0;
    const before = await usage();
    const { CodeSize = 0 } = await publish("stored");
    expect(await usage()).toBe(before + CodeSize);
  });

  it("wants a function that is there", async () => {
    await expect(publish("nope")).rejects.toThrow(`Function not found: ${arnOf("nope")}`);
  });
});

describe("ListVersionsByFunction", () => {
  it("lists $LATEST and every version, with qualified ARNs, in pages", async () => {
    await world.createFunction("listed");
    for (const text of ["a", "b", "c"]) {
      await describeAs("listed", text);
      await publish("listed");
    }
    const { Versions = [] } = await versions("listed");
    expect(Versions.map(({ Version, FunctionArn, Description }) => [Version, FunctionArn, Description])).toEqual([
      ["$LATEST", arnOf("listed:$LATEST"), "c"],
      ["1", arnOf("listed:1"), "a"],
      ["2", arnOf("listed:2"), "b"],
      ["3", arnOf("listed:3"), "c"],
    ]);
    const first = await versions("listed", { MaxItems: 3 });
    expect(first.Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1", "2"]);
    const second = await versions("listed", { MaxItems: 3, Marker: first.NextMarker });
    expect(second.Versions?.map(({ Version }) => Version)).toEqual(["3"]);
    expect(second.NextMarker).toBeUndefined();
    await expect(versions("listed", { Marker: "nonsense" })).rejects.toThrow("The provided Marker is invalid.");
    await expect(versions("nope")).rejects.toThrow(`Function not found: ${arnOf("nope")}`);
  });
});
