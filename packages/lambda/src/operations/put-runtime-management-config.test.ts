import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const put = (input: InputOf<"lambda", "PutRuntimeManagementConfig">) => world.call("lambda", "PutRuntimeManagementConfig", input);
const get = (FunctionName: string, Qualifier?: string) =>
  world.call("lambda", "GetRuntimeManagementConfig", { FunctionName, ...(Qualifier !== undefined && { Qualifier }) });
const arnOfRuntime = async (FunctionName: string): Promise<string> =>
  (await world.call("lambda", "GetFunctionConfiguration", { FunctionName })).RuntimeVersionConfig?.RuntimeVersionArn ?? "";

it("is kept for each version by itself; Auto is what a function begins with", async () => {
  await world.createFunction("managed", { Publish: true });
  expect(await get("managed")).toEqual({ UpdateRuntimeOn: "Auto", FunctionArn: arnOf("managed") });
  expect(await put({ FunctionName: "managed", UpdateRuntimeOn: "FunctionUpdate" })).toEqual({
    UpdateRuntimeOn: "FunctionUpdate",
    FunctionArn: arnOf("managed"),
  });
  const RuntimeVersionArn = await arnOfRuntime("managed");
  const manual = { UpdateRuntimeOn: "Manual", FunctionArn: arnOf("managed:1"), RuntimeVersionArn } as const;
  expect(await put({ FunctionName: "managed", Qualifier: "1", UpdateRuntimeOn: "Manual", RuntimeVersionArn })).toEqual(manual);
  expect(await get("managed:1")).toEqual(manual);
  expect(await get("managed", "$LATEST")).toEqual({ UpdateRuntimeOn: "FunctionUpdate", FunctionArn: arnOf("managed:$LATEST") });
});

it("knows the one version that there is of the runtime", async () => {
  await world.createFunction("pinned");
  const RuntimeVersionArn = await arnOfRuntime("pinned");
  const other = "arn:aws:lambda:us-east-1::runtime:0123456789abcdef";
  await expect(put({ FunctionName: "pinned", UpdateRuntimeOn: "Manual", RuntimeVersionArn: other })).rejects.toThrow(
    `The runtime version ${other} is not available for the runtime nodejs24.x.`,
  );
  await expect(put({ FunctionName: "pinned", UpdateRuntimeOn: "Manual" })).rejects.toThrow("RuntimeVersionArn is required");
  await expect(put({ FunctionName: "pinned", UpdateRuntimeOn: "Auto", RuntimeVersionArn })).rejects.toThrow("is not supported when");
  await put({ FunctionName: "pinned", UpdateRuntimeOn: "Manual", RuntimeVersionArn });

  // A version of another runtime would be none of this one's.
  await world.call("lambda", "UpdateFunctionConfiguration", { FunctionName: "pinned", Runtime: "python3.11" });
  await until(
    async () => (await world.call("lambda", "GetFunctionConfiguration", { FunctionName: "pinned" })).LastUpdateStatus === "Successful",
  );
  expect(await get("pinned")).toEqual({ UpdateRuntimeOn: "Auto", FunctionArn: arnOf("pinned") });
});

it("is for functions and versions that are there, not for aliases", async () => {
  await world.createFunction("named", { Publish: true });
  await world.call("lambda", "CreateAlias", { FunctionName: "named", Name: "live", FunctionVersion: "1" });
  const aliases = `The provided function name ${arnOf("named:live")} is invalid. Aliases are not allowed.`;
  for (const ask of [get, (FunctionName: string, Qualifier?: string) => put({ FunctionName, Qualifier, UpdateRuntimeOn: "Auto" })]) {
    await expect(ask("named", "live")).rejects.toThrow(aliases);
    await expect(ask("named", "7")).rejects.toThrow(`Function not found: ${arnOf("named:7")}`);
    await expect(ask("nope")).rejects.toThrow(`Function not found: ${arnOf("nope")}`);
  }
});
