import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

const clients = ["apigatewaymanagementapi", "cloudwatch", "cloudwatch-logs", "dynamodb", "eventbridge", "iam", "kinesis", "kms", "lambda"]
  .concat(["s3", "scheduler", "secrets-manager", "sfn", "sns", "sqs", "ssm", "sts"])
  .map((name) => `@aws-sdk/client-${name}`);
const parts = [...clients, "@aws-sdk/lib-dynamodb", "@aws-sdk/lib-storage", "@aws-sdk/s3-request-presigner", "@smithy/node-http-handler"];
type Files = Readonly<Record<string, string>>;
const timeoutMs = 30_000;
const memorySizeMb = 512;

test("the AWS SDK is there for require and for import, and nothing else of the server's packages is", async () => {
  const required = await t.target(
    {
      "index.js": `const { readdirSync } = require("node:fs");
      exports.handler = async () => ({
        found: ${JSON.stringify(parts)}.map((name) => Object.keys(require(name)).length > 0),
        scopes: readdirSync("/var/runtime/node_modules").filter((name) => name.startsWith("@")),
        foreign: ["express", "typescript", "vitest", "@prisma/client", "@mayfly/engine"].filter((name) => {
          try { return require.resolve(name); } catch { return false; }
        }),
      });`,
    },
    { timeoutMs, memorySizeMb },
  );
  const everything = parts.map(() => true);
  expect(answer(await t.invoke(required))).toEqual({ found: everything, scopes: ["@aws", "@aws-sdk", "@smithy"], foreign: [] });
  const imported = await t.target(
    {
      "index.mjs": `import { S3Client } from "@aws-sdk/client-s3";
      import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
      export const handler = async () => {
        const found = [];
        for (const name of ${JSON.stringify(parts)}) found.push(Object.keys(await import(name)).length > 1);
        return [found, new S3Client({}).config.serviceId, typeof DynamoDBDocumentClient.from];
      };`,
    },
    { timeoutMs, memorySizeMb },
  );
  expect(answer(await t.invoke(imported))).toEqual([everything, "S3", "function"]);
});

test("an older Node finds it as well", async () => {
  const code = `import { STSClient } from "@aws-sdk/client-sts"; export const handler = async () => STSClient.name;`;
  const target = await t.target({ "index.mjs": code }, { runtime: "nodejs20.x", timeoutMs, memorySizeMb });
  expect(answer(await t.invoke(target))).toBe("STSClient");
});

test("the function's own package goes first, then its layers', then the runtime's", async () => {
  const optFolder = join(t.folder, "opt");
  const put = async (folder: string, name: string, text: string): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, "package.json"), '{"main":"index.js"}');
    await writeFile(join(folder, name, "index.js"), text);
  };
  const layer = join(optFolder, "nodejs", "node_modules");
  await put(layer, "@aws-sdk/client-sts", "exports.from = 'layer'");
  await put(layer, "@aws-sdk/client-sqs", "exports.from = 'layer'");
  await put(
    layer,
    "of-layer",
    "exports.sts = require('@aws-sdk/client-sts').from; exports.sns = require('@aws-sdk/client-sns').SNSClient.name",
  );
  const own = {
    "node_modules/@aws-sdk/client-sts/package.json": '{"main":"a.js"}',
    "node_modules/@aws-sdk/client-sts/a.js": "exports.from = 'own'",
  };
  const names = ["sts", "sqs", "sns"].map((name) => `@aws-sdk/client-${name}`);
  const code = (load: string): string => `async () => {
    const found = [];
    for (const name of ${JSON.stringify(names)}) { const from = (await ${load}(name)).from; found.push(from ?? "runtime"); }
    return [...found, { ...(await ${load}("of-layer")) }];
  }`;
  const variants: readonly Files[] = [
    { "index.js": `exports.handler = ${code("require")}` },
    { "index.mjs": `export const handler = ${code("import")}` },
  ];
  for (const files of variants) {
    const result = await t.invoke(await t.target({ ...files, ...own }, { optFolder, timeoutMs, memorySizeMb }));
    expect(answer(result)).toMatchObject(["own", "layer", "runtime", { sts: "layer", sns: "SNSClient" }]);
  }
});

test("who misses a part of the SDK is told that it is not carried", async () => {
  const variants: readonly Files[] = [{ "index.js": `require("@aws-sdk/client-ses")` }, { "index.mjs": `import "@aws-sdk/client-ses"` }];
  for (const files of variants) {
    const result = await t.invoke(await t.target(files));
    expect(JSON.stringify(answer(result))).toContain("@aws-sdk/client-ses");
    expect(result.logTail.toString()).toContain("@aws-sdk/client-ses is not among the parts of the AWS SDK that Mayfly's runtime carries");
  }
});

test("who misses boto3 is told how to get it; a function's own lack of a module is its own affair", async () => {
  const failing = (name: string) => t.target({ "index.py": `raise ModuleNotFoundError("No module named '${name}'", name="${name}")` });
  const hint = "mayfly runtimes install boto3";
  const result = await t.invoke(await failing("boto3"));
  expect(answer(result)).toMatchObject({
    errorType: "Runtime.ImportModuleError",
    errorMessage: "Unable to import module 'index': No module named 'boto3'",
  });
  expect(result.logTail.toString()).toContain(hint);
  expect((await t.invoke(await failing("numpy"))).logTail.toString()).not.toContain(hint);
});
