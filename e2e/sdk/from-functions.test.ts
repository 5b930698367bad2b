import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientsFor, startServerProcess, zipOf, type Clients, type ServerProcess } from "@mayfly/testkit";

let server: ServerProcess;
let clients: Clients;
beforeAll(async () => {
  server = await startServerProcess();
  clients = clientsFor(server);
});
afterAll(async () => {
  clients.destroy();
  await server.dispose();
});

/** A role that may read functions' configurations, and nothing else of Lambda. */
async function makeRole(RoleName: string): Promise<string> {
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trust) }));
  const PolicyDocument = document({ Effect: "Allow", Action: "lambda:GetFunctionConfiguration", Resource: "*" });
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument }));
  return Role!.Arn!;
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
