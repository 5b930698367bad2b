import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { beforeAll, expect, test } from "vitest";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const { server, clients } = serveTests();
let Role: string;
beforeAll(async () => {
  const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const made = await clients.iam.send(new CreateRoleCommand({ RoleName: "looping", AssumeRolePolicyDocument: document(trust) }));
  const PolicyDocument = document({ Effect: "Allow", Action: ["lambda:InvokeFunction", "logs:*"], Resource: "*" });
  await clients.iam.send(new PutRolePolicyCommand({ RoleName: "looping", PolicyName: "calls", PolicyDocument }));
  Role = made.Role!.Arn!;
});

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

async function create(FunctionName: string, source: string): Promise<void> {
  const Code = { ZipFile: await zipOf({ "index.js": source }) };
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs24.x",
      Role,
      Handler: "index.handler",
      Timeout: 120,
      MemorySize: 1769,
      Code,
    }),
  );
  await lambda.waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.02 }, { FunctionName });
}

/** What a function logged itself, in the order of its lines. */
async function told(name: string): Promise<readonly string[]> {
  const logGroupName = `/aws/lambda/${name}`;
  try {
    const { events = [] } = await clients.logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: "turn" }));
    return events.map(({ message = "" }) => message);
  } catch {
    return [];
  }
}

const toItself = `
const { LambdaClient, InvokeCommand } = require("@aws-sdk/client-lambda");
const client = new LambdaClient({ maxAttempts: 1 });
exports.handler = async ({ left = 40 }, { functionName: FunctionName }) => {
  if (left === 0) return { turns: 1 };
  try {
    const { Payload } = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ left: left - 1 }) }));
    const inner = JSON.parse(Buffer.from(Payload).toString());
    return { ...inner, turns: inner.turns + 1 };
  } catch (error) {
    return { turns: 1, name: error.name, status: error.$metadata.httpStatusCode, Type: error.Type };
  }
};`;

async function turns(FunctionName: string, event: object = {}): Promise<unknown> {
  const { Payload } = await clients.lambda.send(new lambda.InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

test("a function that calls itself is stopped after sixteen turns, unless it allows loops", { timeout: 120_000 }, async () => {
  await create("itself", toItself);
  const stopped = { turns: 16, name: "RecursiveInvocationException", status: 400, Type: "User" };
  expect(await turns("itself")).toEqual(stopped);
  // Each call from outside begins a chain of its own.
  expect(await turns("itself", { left: 3 })).toEqual({ turns: 4 });

  const FunctionName = "itself";
  await clients.lambda.send(new lambda.PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: "Allow" }));
  expect(await clients.lambda.send(new lambda.GetFunctionRecursionConfigCommand({ FunctionName }))).toMatchObject({
    RecursiveLoop: "Allow",
  });
  expect(await turns("itself", { left: 16 })).toEqual({ turns: 17 });
});

const onwards = (next: string): string => `
const { LambdaClient, InvokeCommand } = require("@aws-sdk/client-lambda");
const client = new LambdaClient({});
exports.handler = async () => {
  console.log("turn");
  await client.send(new InvokeCommand({ FunctionName: "${next}", InvocationType: "Event" }));
};`;
const telling = 'exports.handler = async (event) => console.log("turn " + JSON.stringify(event));';

test("a circle of asynchronous calls ends at the failure destination of the one that was stopped", async () => {
  await create("ping", onwards("pong"));
  await create("pong", onwards("ping"));
  await create("stopped", telling);
  const OnFailure = { Destination: arnOf("stopped") };
  await clients.lambda.send(new lambda.PutFunctionEventInvokeConfigCommand({ FunctionName: "ping", DestinationConfig: { OnFailure } }));
  await clients.lambda.send(new lambda.InvokeCommand({ FunctionName: "ping", InvocationType: "Event", Payload: '{"first":true}' }));

  const [record] = await waitFor("the word of it", async () => {
    const lines = await told("stopped");
    return lines.length > 0 && lines;
  });
  expect(JSON.parse(/turn (\{.*\})/.exec(record!)![1]!)).toMatchObject({
    requestContext: { functionArn: `${arnOf("ping")}:$LATEST`, condition: "RetriesExhausted", approximateInvokeCount: 0 },
    requestPayload: {},
  });
  await waitFor("all lines", async () => (await told("pong")).length >= 16);
  expect([(await told("ping")).length, (await told("pong")).length]).toEqual([16, 16]);
});

test("a circle of destinations is stopped, too, and tells nobody for ever", async () => {
  for (const name of ["there", "back"]) await create(name, telling);
  for (const [FunctionName, next] of [
    ["there", "back"],
    ["back", "there"],
  ] as const) {
    const to = { Destination: arnOf(next) };
    const DestinationConfig = { OnSuccess: to, OnFailure: to };
    await clients.lambda.send(new lambda.PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
  }
  await clients.lambda.send(new lambda.InvokeCommand({ FunctionName: "there", InvocationType: "Event" }));
  // `there` is stopped, then `back`, of which `there` is told: its third stop is told nobody.
  const stops = (): number => server.output().match(/of (?:there|back) is part of a recursive loop/g)?.length ?? 0;
  await waitFor("the last stop", () => stops() >= 3);
  await waitFor("all lines", async () => (await told("back")).length >= 16);
  expect([(await told("there")).length, (await told("back")).length, stops()]).toEqual([16, 16, 3]);
});

test("the configuration is of a function that is there, and of a whole one", async () => {
  const put = (FunctionName: string, RecursiveLoop: lambda.RecursiveLoop = "Allow") =>
    clients.lambda.send(new lambda.PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop }));
  await expectError(put("nowhere"), "ResourceNotFoundException", 404, `Function not found: ${arnOf("nowhere")}`);
  await expectError(put("itself:1"), "ValidationException", 400, /at 'functionName' failed to satisfy constraint/);
  await expectError(
    put("itself", "Perhaps" as lambda.RecursiveLoop),
    "ValidationException",
    400,
    /at 'recursiveLoop' failed to satisfy constraint: Member must satisfy enum value set: \[/,
  );
});
