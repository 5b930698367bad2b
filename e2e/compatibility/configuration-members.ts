import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { CreateFunctionRequest } from "@aws-sdk/client-lambda";
import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { waitFor, zipOf } from "@mayfly/testkit";
import { expect } from "vitest";
import { queueFunctions } from "../sdk/queue-functions.ts";
import { acts, kept, refused, type Probe } from "./probe.ts";
import { arnOf, packageOf, roleArn, type World } from "./world.ts";

let made = 0;
/** A function with a setting, and what it answers. */
async function answerOf(w: World, more: Partial<CreateFunctionRequest>, body: string, event?: unknown): Promise<unknown> {
  const name = `member-${++made}`;
  await w.create(name, body, more);
  return w.invoke(name, event);
}
/** Creates a function with a setting and looks for it in the answer. */
async function returned(w: World, more: Partial<CreateFunctionRequest>): Promise<void> {
  expect(await w.create(`member-${++made}`, "return 1;", more)).toMatchObject(more);
}
const refusal = (w: World, more: Partial<CreateFunctionRequest>): Promise<string> =>
  w.refusal(w.create(`member-${++made}`, "return 1;", more));
const sourceKey = async (w: World): Promise<unknown> =>
  w.create(`member-${++made}`, "", {
    Code: { ZipFile: await packageOf("return 1;"), SourceKMSKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1" },
  });
const messages = async (logs: CloudWatchLogsClient, logGroupName: string): Promise<readonly string[]> =>
  ((await logs.send(new FilterLogEventsCommand({ logGroupName }))).events ?? []).map(({ message = "" }) => message);

/** The members of CreateFunction, which UpdateFunctionCode and UpdateFunctionConfiguration share. */
export const configurationMembers: readonly Probe[] = [
  acts("FunctionName", "a name, a partial ARN or an ARN", async (w) => {
    const { FunctionArn } = await w.create("123456789012:function:by-partial-arn");
    expect(FunctionArn).toBe(arnOf("by-partial-arn"));
  }),
  acts("Runtime", "its interpreter runs the code", async (w) => {
    const ZipFile = await zipOf({ "f.py": "import sys\ndef handler(event, context): return sys.version_info[0]" });
    expect(await answerOf(w, { Runtime: "python3.12", Handler: "f.handler", Code: { ZipFile } }, "")).toBe(3);
  }),
  acts("Role", "the function may do what the role may, and no more", async (w) => {
    const body = `const { LambdaClient, ListFunctionsCommand } = await import("@aws-sdk/client-lambda");
      return new LambdaClient().send(new ListFunctionsCommand({})).then(() => "let", (error) => error.message);`;
    expect(await answerOf(w, { Role: roleArn, Timeout: 20 }, body)).toMatch(
      /^User: arn:aws:sts::123456789012:assumed-role\/execution_role\/.* is not authorized to perform: lambda:ListFunctions/,
    );
  }),
  acts("Handler", "the function of that name is called", async (w) => {
    const ZipFile = await zipOf({ "lib/other.mjs": "export const run = () => 'other';" });
    expect(await answerOf(w, { Handler: "lib/other.run", Code: { ZipFile } }, "")).toBe("other");
  }),
  acts("Code.ZipFile", "the package is unpacked to /var/task", async (w) => {
    expect(await answerOf(w, {}, "return import.meta.dirname;")).toBe("/var/task");
  }),
  acts("Code.S3Bucket, S3Key, S3ObjectVersion", "the object is read as the caller; SDK tests have its errors", async (w) => {
    const { s3 } = w.clients;
    await s3.send(new CreateBucketCommand({ Bucket: "releases" }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: "releases", VersioningConfiguration: { Status: "Enabled" } }));
    const put = async (text: string): Promise<string | undefined> => {
      const Body = await zipOf({ "index.mjs": `export const handler = async () => "${text}";` });
      return (await s3.send(new PutObjectCommand({ Bucket: "releases", Key: "f.zip", Body }))).VersionId;
    };
    const S3ObjectVersion = await put("older");
    await put("newer");
    expect(await answerOf(w, { Code: { S3Bucket: "releases", S3Key: "f.zip", S3ObjectVersion } }, "")).toBe("older");
    expect(await answerOf(w, { Code: { S3Bucket: "releases", S3Key: "f.zip" } }, "")).toBe("newer");
  }),
  refused("Code.ImageUri", "there are no container images", (w) =>
    refusal(w, {
      PackageType: "Image",
      Runtime: undefined,
      Handler: undefined,
      Code: { ImageUri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/f:1" },
    }),
  ),
  refused("Code.SourceKMSKeyArn", "packages are protected by the data folder's mode 0700, not encrypted", (w) => w.refusal(sourceKey(w))),
  acts("Description", "kept and returned, as on AWS", (w) => returned(w, { Description: "what it is for" })),
  acts("Timeout", "a function that takes longer is ended", async (w) => {
    expect(await answerOf(w, { Timeout: 1 }, "await new Promise((resolve) => setTimeout(resolve, 20_000));")).toMatchObject({
      errorMessage: expect.stringContaining("Task timed out after 1.00 seconds") as string,
    });
  }),
  acts("MemorySize", "the context tells it", async (w) => {
    expect(await answerOf(w, { MemorySize: 200 }, "return context.memoryLimitInMB;")).toBe("200");
  }),
  acts("Publish", "version 1 is published with it", async (w) => {
    await w.create("published", "return context.functionVersion;", { Publish: true });
    expect(await w.invoke("published", {}, "1")).toBe("1");
  }),
  kept("VpcConfig", "no function is in a VPC; what it reaches is the server's `--function-network`", (w) =>
    returned(w, { VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] } }),
  ),
  acts("PackageType", "Zip; Image is refused", (w) => returned(w, { PackageType: "Zip" })),
  acts("DeadLetterConfig", "a standard queue or topic gets the events that failed", async (w) => {
    const $ = queueFunctions(w.clients);
    await $.allowQueues();
    const dead = await $.createQueue("dead-events");
    const FunctionName = `member-${++made}`;
    await w.create(FunctionName, "throw new Error('no');", { DeadLetterConfig: { TargetArn: dead.arn } });
    await w.lambda.putFunctionEventInvokeConfig({ FunctionName, MaximumRetryAttempts: 0 });
    await w.lambda.invoke({ FunctionName, InvocationType: "Event", Payload: '"kept"' });
    const [message] = await waitFor("the dead letter", async () => {
      const messages = await $.receive(dead);
      return messages.length > 0 && messages;
    });
    expect(message?.Body).toBe('"kept"');
  }),
  acts("Environment", "the code finds its variables", async (w) => {
    expect(await answerOf(w, { Environment: { Variables: { COLOUR: "green" } } }, "return process.env.COLOUR;")).toBe("green");
  }),
  kept("KMSKeyArn", "environment variables are protected by the data folder's mode 0700, not encrypted", (w) =>
    returned(w, { KMSKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1" }),
  ),
  kept("TracingConfig", "no segments are written", (w) => returned(w, { TracingConfig: { Mode: "Active" } })),
  acts("Tags", "ListTags answers them", async (w) => {
    await w.create("tagged", "return 1;", { Tags: { team: "a" } });
    expect((await w.lambda.listTags({ Resource: arnOf("tagged") })).Tags).toEqual({ team: "a" });
  }),
  acts("Layers", "their files are in /opt", async (w) => {
    const { LayerVersionArn = "" } = await w.lambda.publishLayerVersion({
      LayerName: "note",
      Content: { ZipFile: await zipOf({ "note.txt": "from the layer" }) },
    });
    const body = `return (await import("node:fs")).readFileSync("/opt/note.txt", "utf8");`;
    expect(await answerOf(w, { Layers: [LayerVersionArn] }, body)).toBe("from the layer");
  }),
  kept("FileSystemConfigs", "no file systems are mounted", (w) =>
    returned(w, {
      FileSystemConfigs: [
        { Arn: "arn:aws:elasticfilesystem:us-east-1:123456789012:access-point/fsap-0123456789abcdef0", LocalMountPath: "/mnt/data" },
      ],
      VpcConfig: { SubnetIds: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
    }),
  ),
  refused("ImageConfig", "there are no container images", (w) => refusal(w, { ImageConfig: { Command: ["app.handler"] } })),
  acts("CodeSigningConfigArn", "Enforce refuses the function, as nothing here is signed", async (w) => {
    const { CodeSigningConfig } = await w.lambda.createCodeSigningConfig({
      AllowedPublishers: { SigningProfileVersionArns: ["arn:aws:signer:us-east-1:123456789012:/signing-profiles/release"] },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
    });
    expect(await refusal(w, { CodeSigningConfigArn: CodeSigningConfig?.CodeSigningConfigArn })).toMatch(
      /^CodeVerificationFailedException: /,
    );
  }),
  kept("Architectures", "interpreted code runs on the host's; a program for another one fails by name", (w) =>
    returned(w, { Architectures: ["arm64"] }),
  ),
  acts("EphemeralStorage", "/tmp is as large", async (w) => {
    const body = `const { bsize, blocks } = (await import("node:fs")).statfsSync("/tmp"); return Math.round((bsize * blocks) / 2 ** 20);`;
    expect(await answerOf(w, { EphemeralStorage: { Size: 700 } }, body)).toBe(700);
  }),
  kept("SnapStart", "starts are as quick as they are; always OptimizationStatus Off", async (w) => {
    const more = { Runtime: "python3.12", SnapStart: { ApplyOn: "PublishedVersions" } } as const;
    const { SnapStart } = await w.create(`member-${++made}`, "return 1;", more);
    expect(SnapStart).toEqual({ ApplyOn: "PublishedVersions", OptimizationStatus: "Off" });
  }),
  acts("LoggingConfig", "format, levels and log group", async (w) => {
    const LoggingConfig = { LogFormat: "JSON", ApplicationLogLevel: "WARN", SystemLogLevel: "INFO", LogGroup: "/probed/logs" } as const;
    await answerOf(w, { LoggingConfig }, `console.info("quiet"); console.warn("loud");`);
    await waitFor("the report", async () =>
      (await messages(w.clients.logs, "/probed/logs")).some((line) => line.includes("platform.report")),
    );
    const lines = await messages(w.clients.logs, "/probed/logs");
    expect(lines.filter((line) => line.includes("loud")).map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(["WARN"]);
    expect(lines.join("")).not.toContain("quiet");
  }),
  refused("CapacityProviderConfig", "functions run on this machine", (w) =>
    refusal(w, {
      CapacityProviderConfig: {
        LambdaManagedInstancesCapacityProviderConfig: {
          CapacityProviderArn: "arn:aws:lambda:us-east-1:123456789012:capacity-provider:fleet",
        },
      },
    }),
  ),
  refused("PublishTo", "it is for functions on managed instances", (w) => refusal(w, { PublishTo: "LATEST_PUBLISHED" })),
  refused("DurableConfig", "no function is run durably", (w) => refusal(w, { DurableConfig: { ExecutionTimeout: 60 } })),
  refused("TenancyConfig", "environments are not kept apart by tenant", (w) =>
    refusal(w, { TenancyConfig: { TenantIsolationMode: "PER_TENANT" } }),
  ),
];
