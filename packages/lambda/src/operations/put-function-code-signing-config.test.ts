import { rm } from "node:fs/promises";
import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../testing/until.ts";
import { arnOf, plainZip, region, account, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(async () => {
  await world.close();
});

const profile = `arn:aws:signer:${region}:${account}:/signing-profiles/test`;
const missing = `arn:aws:lambda:${region}:${account}:code-signing-config:csc-00000000000000000`;
const config = async (policy?: "Warn" | "Enforce"): Promise<string> => {
  const { CodeSigningConfig } = await world.call("lambda", "CreateCodeSigningConfig", {
    AllowedPublishers: { SigningProfileVersionArns: [profile] },
    ...(policy && { CodeSigningPolicies: { UntrustedArtifactOnDeployment: policy } }),
  });
  return CodeSigningConfig?.CodeSigningConfigArn ?? "";
};
const attach = (FunctionName: string, CodeSigningConfigArn: string) =>
  world.call("lambda", "PutFunctionCodeSigningConfig", { FunctionName, CodeSigningConfigArn });
const refused = (named: string) => ({
  code: "CodeVerificationFailedException",
  message: expect.stringContaining(`Check the provided signature for ${named}.`) as string,
});
const update = async (FunctionName: string, more: Partial<InputOf<"lambda", "UpdateFunctionCode">> = {}) =>
  world.call("lambda", "UpdateFunctionCode", { FunctionName, ZipFile: await plainZip(), ...more });

describe("Enforce", () => {
  it("refuses a new function, which then does not exist", async () => {
    await expect(world.createFunction("unsigned", { CodeSigningConfigArn: await config("Enforce") })).rejects.toMatchObject(
      refused("unsigned"),
    );
    await expect(world.call("lambda", "GetFunction", { FunctionName: "unsigned" })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
  });

  it("refuses code and layers for a function that has it, and no other change", async () => {
    await world.createFunction("enforced");
    const arn = await config("Enforce");
    await attach("enforced", arn);
    await expect(update("enforced")).rejects.toMatchObject(refused(arnOf("enforced")));
    await expect(update("enforced", { DryRun: true })).rejects.toMatchObject(refused(arnOf("enforced")));
    const { LayerVersionArn } = await world.call("lambda", "PublishLayerVersion", {
      LayerName: "tools",
      Content: { ZipFile: await plainZip() },
    });
    const Layers = [LayerVersionArn ?? ""];
    const configure = (more: Partial<InputOf<"lambda", "UpdateFunctionConfiguration">>) =>
      world.call("lambda", "UpdateFunctionConfiguration", { FunctionName: "enforced", ...more });
    await expect(configure({ Layers })).rejects.toMatchObject(refused(arnOf("enforced")));
    expect(await configure({ MemorySize: 256 })).toMatchObject({ MemorySize: 256 });

    const status = async () => (await world.call("lambda", "GetFunctionConfiguration", { FunctionName: "enforced" })).LastUpdateStatus;
    await until(async () => (await status()) === "Successful");

    await world.call("lambda", "DeleteFunctionCodeSigningConfig", { FunctionName: "enforced" });
    expect(await world.call("lambda", "GetFunctionCodeSigningConfig", { FunctionName: "enforced" })).toEqual({});
    expect(await configure({ Layers })).toMatchObject({ Layers: [{ Arn: LayerVersionArn }] });
  });
});

it("Warn lets code pass and says so", async () => {
  const arn = await config();
  await world.createFunction("warned", { CodeSigningConfigArn: arn });
  await update("warned");
  expect(world.problems).toEqual(Array(2).fill(expect.stringMatching(/^Function warned: code without a signature is deployed/)));
  expect(await world.call("lambda", "GetFunctionCodeSigningConfig", { FunctionName: "warned" })).toEqual({
    CodeSigningConfigArn: arn,
    FunctionName: "warned",
  });
});

it("is attached to functions only if it exists, and is kept while one has it", async () => {
  await world.createFunction("kept");
  await expect(attach("kept", missing)).rejects.toMatchObject({
    code: "CodeSigningConfigNotFoundException",
    message: `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${missing}.`,
  });
  const arn = await config();
  await attach("kept", arn);
  const remove = () => world.call("lambda", "DeleteCodeSigningConfig", { CodeSigningConfigArn: arn });
  await expect(remove()).rejects.toMatchObject({ code: "ResourceConflictException" });
  expect(await world.call("lambda", "ListFunctionsByCodeSigningConfig", { CodeSigningConfigArn: arn })).toEqual({
    FunctionArns: [arnOf("kept")],
  });
  await world.call("lambda", "DeleteFunction", { FunctionName: "kept" });
  await remove();
  await expect(remove()).rejects.toMatchObject({
    code: "ResourceNotFoundException",
    message: `The Lambda code signing configuration ${arn} can not be found.`,
  });
});

it("is changed by what is given, tagged, listed in pages, and outlives a restart", async () => {
  const own = await startTestLambda();
  const make = (Description: string) =>
    own.call("lambda", "CreateCodeSigningConfig", {
      AllowedPublishers: { SigningProfileVersionArns: [profile] },
      Description,
      Tags: { team: Description },
    });
  const [first] = [await make("a"), await make("b"), await make("c")];
  const arn = first.CodeSigningConfig?.CodeSigningConfigArn ?? "";
  await own.call("lambda", "UpdateCodeSigningConfig", {
    CodeSigningConfigArn: arn,
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
  });
  await own.call("lambda", "TagResource", { Resource: arn, Tags: { cost: "7" } });
  await own.call("lambda", "UntagResource", { Resource: arn, TagKeys: ["team"] });
  await own.stop();
  const again = await startTestLambda({ folder: own.folder });
  try {
    expect((await again.call("lambda", "GetCodeSigningConfig", { CodeSigningConfigArn: arn })).CodeSigningConfig).toEqual({
      CodeSigningConfigArn: arn,
      CodeSigningConfigId: arn.split(":").at(-1),
      Description: "a",
      AllowedPublishers: { SigningProfileVersionArns: [profile] },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+0000$/) as string,
    });
    expect(await again.call("lambda", "ListTags", { Resource: arn })).toEqual({ Tags: { cost: "7" } });
    const page = await again.call("lambda", "ListCodeSigningConfigs", { MaxItems: 2 });
    const rest = await again.call("lambda", "ListCodeSigningConfigs", { MaxItems: 2, Marker: page.NextMarker });
    const listed = [...(page.CodeSigningConfigs ?? []), ...(rest.CodeSigningConfigs ?? [])];
    expect(listed.map(({ Description }) => Description).sort()).toEqual(["a", "b", "c"]);
    expect(rest.NextMarker).toBeUndefined();
  } finally {
    await again.stop();
    await rm(own.folder, { recursive: true, force: true });
  }
});
