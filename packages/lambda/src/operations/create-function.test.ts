import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, arnOf, plainZip, roleArn, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";
import { zipOfFiles } from "../testing/zips.ts";

type Input = InputOf<"lambda", "CreateFunction">;

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda();
});
afterAll(() => world.close());

const input = async (name: string, more: Partial<Input> = {}): Promise<Input> => ({
  FunctionName: name,
  Role: roleArn,
  Runtime: "python3.12",
  Handler: "app.handler",
  Code: { ZipFile: await plainZip() },
  ...more,
});
const create = async (name: string, more: Partial<Input> = {}) => world.call("lambda", "CreateFunction", await input(name, more));
const fault = (code: string, message: string) => expect.objectContaining({ code, message });
const ipv = (message: string) => fault("InvalidParameterValueException", message);

describe("CreateFunction", () => {
  it("answers the function as it is being created, with AWS's defaults", async () => {
    const zip = await plainZip();
    const answer = await create("defaults");
    expect(answer).toMatchObject({
      FunctionName: "defaults",
      FunctionArn: arnOf("defaults"),
      Runtime: "python3.12",
      Role: roleArn,
      Handler: "app.handler",
      CodeSize: zip.byteLength,
      CodeSha256: createHash("sha256").update(zip).digest("base64"),
      Description: "",
      Timeout: 3,
      MemorySize: 128,
      Version: "$LATEST",
      TracingConfig: { Mode: "PassThrough" },
      State: "Pending",
      StateReason: "The function is being created.",
      StateReasonCode: "Creating",
      PackageType: "Zip",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/defaults" },
    });
    expect(answer.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    expect(answer).not.toHaveProperty("Environment");
    expect(answer.LastUpdateStatus).toBeUndefined();
  });

  it("is Active soon, under another revision", async () => {
    const { RevisionId } = await create("soon");
    const get = () => world.call("lambda", "GetFunctionConfiguration", { FunctionName: "soon" });
    await until(async () => (await get()).State === "Active");
    const settled = await get();
    expect(settled).toMatchObject({ LastUpdateStatus: "Successful", StateReason: undefined, StateReasonCode: undefined });
    expect(settled.RevisionId).not.toBe(RevisionId);
  });

  it("keeps and returns every member", async () => {
    const members = {
      Description: "what it does",
      Timeout: 900,
      MemorySize: 10240,
      Environment: { Variables: { KEY: "value" } },
      DeadLetterConfig: { TargetArn: `arn:aws:sns:us-east-1:${account}:dead` },
      TracingConfig: { Mode: "Active" as const },
      KMSKeyArn: `arn:aws:kms:us-east-1:${account}:key/1`,
      Architectures: ["arm64" as const],
      EphemeralStorage: { Size: 1024 },
      FileSystemConfigs: [
        { Arn: `arn:aws:elasticfilesystem:us-east-1:${account}:access-point/fsap-01234567890abcdef`, LocalMountPath: "/mnt/a" },
      ],
    };
    const answer = await create("all-members", {
      ...members,
      VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
      SnapStart: { ApplyOn: "PublishedVersions" },
      LoggingConfig: { LogFormat: "JSON", LogGroup: "my/group" },
      Tags: { team: "a" },
    });
    const expected = {
      ...members,
      VpcConfig: {
        SubnetIds: ["subnet-1"],
        SecurityGroupIds: ["sg-1"],
        VpcId: expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
        Ipv6AllowedForDualStack: false,
      },
      SnapStart: { ApplyOn: "PublishedVersions", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "JSON", ApplicationLogLevel: "INFO", SystemLogLevel: "INFO", LogGroup: "my/group" },
    };
    expect(answer).toMatchObject(expected);
    const { Configuration, Tags } = await world.call("lambda", "GetFunction", { FunctionName: "all-members" });
    expect(Configuration).toMatchObject(expected);
    expect(Tags).toEqual({ team: "a" });
  });

  it("publishes version 1 if asked, under the plain ARN", async () => {
    expect(await create("published", { Publish: true })).toMatchObject({ Version: "1", FunctionArn: arnOf("published"), State: "Pending" });
    await until(async () => (await world.call("lambda", "GetFunctionConfiguration", { FunctionName: "published:1" })).State === "Active");
    expect(await world.call("lambda", "GetFunctionConfiguration", { FunctionName: "published", Qualifier: "1" })).toMatchObject({
      Version: "1",
      FunctionArn: arnOf("published:1"),
    });
  });

  it("creates one of many that come at once", async () => {
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => create("race")));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
    expect(refusals).toEqual(Array.from({ length: 4 }, () => fault("ResourceConflictException", "Function already exist: race")));
  });

  it("leaves nothing behind when it fails", async () => {
    const before = (await readdir(join(world.folder, "unpacked"))).toSorted();
    const ZipFile = await zipOfFiles({ "unique.js": String(Math.random()) });
    await create("twice");
    await expect(create("twice", { Code: { ZipFile } })).rejects.toEqual(
      fault("ResourceConflictException", "Function already exist: twice"),
    );
    await expect(create("broken", { Code: { ZipFile: ZipFile.subarray(0, 40) } })).rejects.toBeDefined();
    expect((await readdir(join(world.folder, "unpacked"))).toSorted()).toEqual(before);
  });

  it("shares one unpacked folder between functions of the same code", async () => {
    await Promise.all([create("same-1"), create("same-2")]);
    const sha = createHash("sha256")
      .update(await plainZip())
      .digest("hex");
    expect(existsSync(join(world.folder, "unpacked", sha, "index.js"))).toBe(true);
  });
});

describe("CreateFunction refuses", () => {
  const longName = "n".repeat(65);
  const cases: readonly [string, Partial<Input>, unknown][] = [
    [
      "an unknown runtime",
      { Runtime: "python9.9" as "python3.8" },
      expect.objectContaining({
        code: "InvalidParameterValueException",
        message: expect.stringMatching(
          /^Value python9\.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[.*python3\.12.*\] or be a valid ARN$/,
        ),
      }),
    ],
    [
      "a runtime that AWS refuses already",
      { Runtime: "python3.7" },
      ipv(
        "The runtime parameter of python3.7 is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.",
      ),
    ],
    [
      "to be without a handler",
      { Handler: undefined },
      ipv("Runtime and Handler are mandatory parameters for functions created with deployment packages."),
    ],
    [
      "a role that does not exist",
      { Role: `arn:aws:iam::${account}:role/nobody` },
      ipv("The role defined for the function cannot be assumed by Lambda."),
    ],
    [
      "a name that is too long",
      { FunctionName: longName },
      ipv(
        `1 validation error detected: Value '${longName}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ),
    ],
    [
      "too long a timeout",
      { Timeout: 901 },
      ipv(
        "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
      ),
    ],
    [
      "too much memory",
      { MemorySize: 10241 },
      ipv(
        "1 validation error detected: Value '10241' at 'memorySize' failed to satisfy constraint: Member must have value less than or equal to 10240",
      ),
    ],
    [
      "reserved variables",
      { Environment: { Variables: { AWS_REGION: "x" } } },
      ipv(
        "Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION",
      ),
    ],
    [
      "more than 4 KB of variables",
      { Environment: { Variables: { K: "v".repeat(4096) } } },
      ipv(
        `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: {"K":"${"v".repeat(4096)}"}`,
      ),
    ],
    [
      "levels for text logs",
      { LoggingConfig: { LogFormat: "Text", SystemLogLevel: "DEBUG" } },
      ipv(
        'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.',
      ),
    ],
    [
      "a layer",
      { Layers: [`arn:aws:lambda:us-east-1:${account}:layer:x:1`] },
      ipv(`Layer version arn:aws:lambda:us-east-1:${account}:layer:x:1 does not exist.`),
    ],
    [
      "an image",
      {
        PackageType: "Image",
        Runtime: undefined,
        Handler: undefined,
        Code: { ImageUri: `${account}.dkr.ecr.us-east-1.amazonaws.com/x:1` },
      },
      ipv(`Source image ${account}.dkr.ecr.us-east-1.amazonaws.com/x:1 does not exist. Provide a valid source image.`),
    ],
    ["no code", { Code: {} }, ipv("Please provide a source for function code.")],
    ["an empty zip", { Code: { ZipFile: Buffer.alloc(0) } }, ipv("Uploaded file must be a non-empty zip")],
    [
      "what is no zip",
      { Code: { ZipFile: Buffer.from("nope") } },
      ipv("Could not unzip uploaded file. Please check your file, then try to upload again."),
    ],
    [
      "a zip over 50 MB",
      { Code: { ZipFile: Buffer.alloc(52_428_801) } },
      fault("RequestEntityTooLargeException", "Zipped size must be smaller than 52428800 bytes"),
    ],
    [
      "51 tags",
      { Tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, "v"])) },
      ipv("Number of tags exceeds resource tag limit."),
    ],
    [
      "subnets without security groups",
      { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: [] } },
      ipv("SubnetIds and SecurityIds must coexist or be both empty list."),
    ],
  ];
  for (const [what, change, error] of cases) {
    it(what, async () => {
      await expect(create("refused", change)).rejects.toEqual(error);
    });
  }

  it("callers who may not pass the role", async () => {
    const { call, callAs } = world;
    await call("iam", "CreateUser", { UserName: "maker" });
    await call("iam", "PutUserPolicy", {
      UserName: "maker",
      PolicyName: "create",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "lambda:CreateFunction", Resource: "*" }],
      }),
    });
    const { User } = await call("iam", "GetUser", { UserName: "maker" });
    const maker = callAs({ kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: "maker" });
    await expect(maker("lambda", "CreateFunction", await input("passed"))).rejects.toThrow(
      `User: arn:aws:iam::${account}:user/maker is not authorized to perform: iam:PassRole on resource: ${roleArn} because no identity-based policy allows the iam:PassRole action`,
    );
  });

  it("a deprecated runtime only when told to", async () => {
    await expect(create("old", { Runtime: "python3.8" })).resolves.toMatchObject({ Runtime: "python3.8" });
  });
});
