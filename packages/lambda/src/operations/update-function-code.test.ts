import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arnOf, plainZip, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";
import { zipOfFiles } from "../testing/zips.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const otherZip = () => zipOfFiles({ "index.js": "// other" });
const shaOf = (zip: Buffer) => createHash("sha256").update(zip).digest("base64");
const get = (FunctionName: string) => world.call("lambda", "GetFunctionConfiguration", { FunctionName });
const settled = (name: string) => until(async () => (await get(name)).LastUpdateStatus === "Successful");

describe("UpdateFunctionCode", () => {
  it("changes the code, with an update in progress for a while", async () => {
    await world.createFunction("code");
    const before = await get("code");
    const zip = await otherZip();
    const answer = await world.call("lambda", "UpdateFunctionCode", { FunctionName: "code", ZipFile: zip, Architectures: ["arm64"] });
    expect(answer).toMatchObject({
      CodeSha256: shaOf(zip),
      CodeSize: zip.byteLength,
      Architectures: ["arm64"],
      State: "Active",
      LastUpdateStatus: "InProgress",
      LastUpdateStatusReason: "The function is being created.",
      LastUpdateStatusReasonCode: "Creating",
    });
    expect(answer.RevisionId).not.toBe(before.RevisionId);
    await settled("code");
    expect((await get("code")).RevisionId).not.toBe(answer.RevisionId);
  });

  it("keeps the code of the last 20 deployments, and removes what is older", async () => {
    const folderOf = (zip: Buffer) => join(world.folder, "unpacked", createHash("sha256").update(zip).digest("hex"));
    const zips = await Promise.all(Array.from({ length: 21 }, (_, index) => zipOfFiles({ a: `code ${index}` })));
    const [first = Buffer.alloc(0), second = Buffer.alloc(0), ...rest] = zips;
    await world.createFunction("gone", { Code: { ZipFile: first } });
    for (const zip of [second, ...rest.slice(0, -1)]) {
      await world.call("lambda", "UpdateFunctionCode", { FunctionName: "gone", ZipFile: zip });
      await settled("gone");
    }
    expect(existsSync(folderOf(first))).toBe(true);
    await world.call("lambda", "UpdateFunctionCode", { FunctionName: "gone", ZipFile: rest.at(-1) });
    await until(() => !existsSync(folderOf(first)));
    expect(existsSync(folderOf(second))).toBe(true);
    await settled("gone");
    await world.call("lambda", "DeleteFunction", { FunctionName: "gone" });
    await until(() => !existsSync(folderOf(second)));
  });

  it("publishes if asked, and not twice the same", async () => {
    await world.createFunction("pub");
    const zip = await otherZip();
    const update = () => world.call("lambda", "UpdateFunctionCode", { FunctionName: "pub", ZipFile: zip, Publish: true });
    expect(await update()).toMatchObject({ Version: "1", FunctionArn: arnOf("pub:1") });
    await settled("pub");
    expect(await update()).toMatchObject({ Version: "1" });
    await settled("pub");
    const { Functions } = await world.call("lambda", "ListFunctions", { FunctionVersion: "ALL" });
    expect(Functions?.filter(({ FunctionName }) => FunctionName === "pub").map(({ Version }) => Version)).toEqual(["$LATEST", "1"]);
  });

  it("only tries with DryRun", async () => {
    await world.createFunction("dry");
    const before = await get("dry");
    const zip = await otherZip();
    expect(await world.call("lambda", "UpdateFunctionCode", { FunctionName: "dry", ZipFile: zip, DryRun: true })).toMatchObject({
      CodeSha256: shaOf(zip),
    });
    expect(await get("dry")).toEqual(before);
    await expect(
      world.call("lambda", "UpdateFunctionCode", { FunctionName: "dry", ZipFile: Buffer.from("bad"), DryRun: true }),
    ).rejects.toMatchObject({ code: "InvalidParameterValueException" });
  });

  it("refuses an old revision", async () => {
    const created = await world.createFunction("revised");
    const ZipFile = await plainZip();
    await expect(
      world.call("lambda", "UpdateFunctionCode", { FunctionName: "revised", ZipFile, RevisionId: created.RevisionId }),
    ).rejects.toMatchObject({
      code: "PreconditionFailedException",
      message:
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
    });
    const { RevisionId } = await get("revised");
    await expect(world.call("lambda", "UpdateFunctionCode", { FunctionName: "revised", ZipFile, RevisionId })).resolves.toBeDefined();
  });

  it("refuses what it cannot get", async () => {
    await world.createFunction("sources");
    const update = (more: object) => world.call("lambda", "UpdateFunctionCode", { FunctionName: "sources", ...more });
    await expect(update({ ImageUri: "x" })).rejects.toThrow("Please don't provide ImageUri when updating a function with packageType Zip.");
    await expect(update({})).rejects.toThrow("Please provide a source for function code.");
    await expect(world.call("lambda", "UpdateFunctionCode", { FunctionName: "nope" })).rejects.toThrow(
      `Function not found: ${arnOf("nope")}`,
    );
  });
});
