import { expect } from "vitest";
import { acts, type Probe } from "../probe.ts";
import { arnOf, packageOf, type World } from "../world.ts";

const FunctionName = "signed";
const AllowedPublishers = { SigningProfileVersionArns: ["arn:aws:signer:us-east-1:123456789012:/signing-profiles/release"] };
const config = async ({ lambda }: World): Promise<string | undefined> =>
  (await lambda.listCodeSigningConfigs({})).CodeSigningConfigs?.[0]?.CodeSigningConfigArn;

/** Code signing; nothing is ever signed here. */
export const codeSigningOperations: readonly Probe[] = [
  acts("CreateCodeSigningConfig", "Warn unless it says Enforce", async ({ lambda }) => {
    const { CodeSigningConfig } = await lambda.createCodeSigningConfig({ AllowedPublishers });
    expect(CodeSigningConfig?.CodeSigningPolicies).toEqual({ UntrustedArtifactOnDeployment: "Warn" });
  }),
  acts("ListCodeSigningConfigs", "by pages", async (w) => {
    expect(await config(w)).toMatch(/:code-signing-config:csc-[a-z0-9]{17}$/);
  }),
  acts("PutFunctionCodeSigningConfig", "Warn lets unsigned code pass, and says so in the server's log", async (w) => {
    await w.create(FunctionName);
    await w.lambda.putFunctionCodeSigningConfig({ FunctionName, CodeSigningConfigArn: await config(w) });
    await w.lambda.updateFunctionCode({ FunctionName, ZipFile: await packageOf("return 1;") });
    await w.settled(FunctionName);
    expect(w.server.output()).toContain(`Function ${FunctionName}: code without a signature is deployed`);
  }),
  acts("GetFunctionCodeSigningConfig", "the function's own", async (w) => {
    expect((await w.lambda.getFunctionCodeSigningConfig({ FunctionName })).CodeSigningConfigArn).toBe(await config(w));
  }),
  acts("UpdateCodeSigningConfig", "Enforce refuses code that nobody signed", async (w) => {
    const CodeSigningPolicies = { UntrustedArtifactOnDeployment: "Enforce" } as const;
    await w.lambda.updateCodeSigningConfig({ CodeSigningConfigArn: await config(w), CodeSigningPolicies });
    const update = w.lambda.updateFunctionCode({ FunctionName, ZipFile: await packageOf("return 2;") });
    expect(await w.refusal(update)).toMatch(/^CodeVerificationFailedException: /);
  }),
  acts("GetCodeSigningConfig", "what was put", async (w) => {
    const { CodeSigningConfig } = await w.lambda.getCodeSigningConfig({ CodeSigningConfigArn: await config(w) });
    expect(CodeSigningConfig?.CodeSigningPolicies).toEqual({ UntrustedArtifactOnDeployment: "Enforce" });
  }),
  acts("ListFunctionsByCodeSigningConfig", "those that have it", async (w) => {
    const { FunctionArns } = await w.lambda.listFunctionsByCodeSigningConfig({ CodeSigningConfigArn: await config(w) });
    expect(FunctionArns).toEqual([arnOf(FunctionName)]);
  }),
  acts("DeleteFunctionCodeSigningConfig", "code passes again", async (w) => {
    await w.lambda.deleteFunctionCodeSigningConfig({ FunctionName });
    await w.lambda.updateFunctionCode({ FunctionName, ZipFile: await packageOf("return 3;") });
    await w.settled(FunctionName);
    expect(await w.invoke(FunctionName)).toBe(3);
  }),
  acts("DeleteCodeSigningConfig", "it is not listed any more", async (w) => {
    await w.lambda.deleteCodeSigningConfig({ CodeSigningConfigArn: await config(w) });
    expect(await config(w)).toBeUndefined();
  }),
];
