import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { plainZip, startTestLambda, type TestLambda, type TestLambdaOptions } from "./testing/test-lambda.ts";
import { zipOfFiles } from "./testing/zips.ts";

let worlds: TestLambda[] = [];
const start = async (options?: TestLambdaOptions) => {
  const world = await startTestLambda(options);
  worlds.push(world);
  return world;
};
afterEach(async () => {
  await worlds.at(-1)?.close();
  worlds = [];
});

const shaOf = (zip: Buffer) => createHash("sha256").update(zip).digest("hex");

describe("a start after a crash", () => {
  it("settles what was in transition, under another revision", async () => {
    const first = await start();
    await first.createFunction("a");
    await first.createFunction("b", { Publish: true });
    await first.db.models.functionVersion.updateMany({
      where: { functionName: "a" },
      data: { lastUpdateStatus: "InProgress", revisionId: "old" },
    });
    await first.db.models.functionVersion.updateMany({
      where: { functionName: "b" },
      data: { state: "Pending", stateReasonCode: "Creating" },
    });
    await first.stop();

    const second = await start({ folder: first.folder });
    for (const name of ["a", "b", "b:1"]) {
      const settled = await second.call("lambda", "GetFunctionConfiguration", { FunctionName: name });
      expect(settled).toMatchObject({ State: "Active", LastUpdateStatus: "Successful", StateReason: undefined });
      expect(settled.RevisionId).not.toBe("old");
    }
  });

  it("removes code that no function came to own, and folders half unpacked", async () => {
    const first = await start();
    await first.createFunction("kept");
    const orphan = await zipOfFiles({ "orphan.js": "1" });
    const sha = await first.db.blobs.put(orphan);
    expect(sha).toBe(shaOf(orphan));
    const unpacked = join(first.folder, "unpacked");
    await mkdir(join(unpacked, sha));
    await mkdir(join(unpacked, "unpacking-abc"));
    await first.stop();

    const second = await start({ folder: first.folder });
    expect((await readdir(unpacked)).filter((name) => name !== "boot-id")).toEqual([shaOf(await plainZip())]);
    expect(await second.db.blobs.has(sha)).toBe(false);
    expect(await second.db.blobs.has(shaOf(await plainZip()))).toBe(true);
  });

  it("unpacks everything again after the machine was rebooted", async () => {
    const first = await start();
    await first.createFunction("a");
    const folder = join(first.folder, "unpacked", shaOf(await plainZip()));
    await first.stop();
    await writeFile(join(first.folder, "unpacked", "boot-id"), "another boot");
    const second = await start({ folder: first.folder });
    expect(existsSync(folder)).toBe(false);
    // The next user of the package finds it in its place again.
    await second.createFunction("b");
    expect(existsSync(join(folder, "index.js"))).toBe(true);
  });

  it("remembers reservations", async () => {
    const first = await start();
    await first.createFunction("reserved");
    await first.createFunction("greedy");
    await first.call("lambda", "PutFunctionConcurrency", { FunctionName: "reserved", ReservedConcurrentExecutions: 900 });
    await first.stop();
    const second = await start({ folder: first.folder });
    await expect(
      second.call("lambda", "PutFunctionConcurrency", { FunctionName: "greedy", ReservedConcurrentExecutions: 1 }),
    ).rejects.toMatchObject({ code: "InvalidParameterValueException" });
  });
});

it("answers no operation that it lacks", async () => {
  const { lambda } = await start();
  expect(lambda.service.name).toBe("lambda");
  expect(lambda.service.operation("NoSuchOperation")).toBeUndefined();
});

it("keeps a package that another function still uses", async () => {
  const world = await start();
  await world.createFunction("one");
  await world.createFunction("two");
  await world.call("lambda", "DeleteFunction", { FunctionName: "one" });
  const folder = join(world.folder, "unpacked", shaOf(await plainZip()));
  expect(existsSync(folder)).toBe(true);
  await rm(folder, { recursive: true });
  const { Code } = await world.call("lambda", "GetFunction", { FunctionName: "two" });
  const url = new URL(Code?.Location ?? "");
  expect((await world.lambda.codeDownload({ path: url.pathname, query: url.search.slice(1) })).status).toBe(200);
});
