import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";

const execute = promisify(execFile);

const { server, clients } = serveTests();

/** A role that may read functions' configurations, and nothing else of Lambda. */
async function makeRole(RoleName: string): Promise<string> {
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  const PolicyDocument = document({ Effect: "Allow", Action: "lambda:GetFunctionConfiguration", Resource: "*" });
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument }));
  return Role!.Arn!;
}

/** What a new function answers, which runs as a role of its own name. */
async function runAsOwnRole(FunctionName: string, Runtime: lambda.Runtime, files: Readonly<Record<string, string>>): Promise<unknown> {
  const Role = await makeRole(FunctionName);
  const Code = { ZipFile: await zipOf(files) };
  const limits = { MemorySize: 512, Timeout: 60 };
  await clients.lambda.send(new lambda.CreateFunctionCommand({ FunctionName, Runtime, Role, Handler: "index.handler", Code, ...limits }));
  await lambda.waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.02 }, { FunctionName });
  const { Payload } = await clients.lambda.send(new lambda.InvokeCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload!).toString());
}

const cjs = `const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
const { LambdaClient, GetFunctionConfigurationCommand, ListFunctionsCommand } = require("@aws-sdk/client-lambda");`;
const esm = `import { STSClient, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { LambdaClient, GetFunctionConfigurationCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";`;
const node = `async (event, context) => {
  const lambda = new LambdaClient({});
  const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  const { MemorySize } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: context.functionName }));
  const denied = await lambda.send(new ListFunctionsCommand({})).catch((error) => error.name);
  return { Arn, MemorySize, denied };
}`;

test.each([
  ["CommonJS", "nodejs24.x", { "index.js": `${cjs}\nexports.handler = ${node}` }],
  ["modules", "nodejs24.x", { "index.mjs": `${esm}\nexport const handler = ${node}` }],
] as const)("a function of %s calls Mayfly with the SDK that it brought nothing of, as its role", async (kind, Runtime, files) => {
  const name = `sdk-${kind}`;
  const Role = await makeRole(name);
  const Code = { ZipFile: await zipOf(files) };
  const limits = { MemorySize: 512, Timeout: 60 };
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({ FunctionName: name, Runtime, Role, Handler: "index.handler", Code, ...limits }),
  );
  await lambda.waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.02 }, { FunctionName: name });
  const { Payload } = await clients.lambda.send(new lambda.InvokeCommand({ FunctionName: name }));
  expect(JSON.parse(Buffer.from(Payload!).toString())).toEqual({
    Arn: `arn:aws:sts::123456789012:assumed-role/${name}/${name}`,
    MemorySize: 512,
    denied: "AccessDeniedException",
  });
});

const python = `import boto3
from botocore.exceptions import ClientError
def handler(event, context):
    client = boto3.client("lambda")
    try:
        denied = client.list_functions()
    except ClientError as error:
        denied = error.response["Error"]["Code"]
    return {
        "Arn": boto3.client("sts").get_caller_identity()["Arn"],
        "MemorySize": client.get_function_configuration(FunctionName=context.function_name)["MemorySize"],
        "denied": denied,
        "fetched": boto3.__file__.startswith("/var/sdk/boto3/"),
    }
`;

// pip fetches 30 MB from PyPI.
test("Python functions find boto3 once it was fetched, a server that runs finds it too", { timeout: 300_000 }, async () => {
  const main = fileURLToPath(new URL("../../apps/server/src/main.mjs", import.meta.url));
  const mayfly = async (...args: string[]): Promise<string> =>
    (await execute(process.execPath, ["--disable-warning=ExperimentalWarning", main, ...args, "--data", server.dataFolder])).stdout;
  expect(await mayfly("runtimes", "install", "boto3")).toMatch(/^Python functions find boto3 1\.\S+ for Python 3\.8 and 3\.9, 1\.\S+ for/);
  expect(await mayfly("runtimes")).toMatch(/\nboto3 +1\.\S+ for Python 3\.8 and 3\.9, 1\.\S+ for Python 3\.10 and newer\n/);
  for (const runtime of ["python3.9", "python3.11"] as const) {
    const name = `boto3-${runtime.replace(".", "-")}`;
    expect(await runAsOwnRole(name, runtime, { "index.py": python })).toEqual({
      Arn: `arn:aws:sts::123456789012:assumed-role/${name}/${name}`,
      MemorySize: 512,
      denied: "AccessDeniedException",
      fetched: true,
    });
  }
});
