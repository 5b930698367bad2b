import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as lambda from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const FunctionName = "managed";
const arn = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;

const { server, clients, restart } = serveTests();

const get = (Qualifier?: string) => clients.lambda.send(new lambda.GetRuntimeManagementConfigCommand({ FunctionName, Qualifier }));
const put = (input: Omit<lambda.PutRuntimeManagementConfigCommandInput, "FunctionName">) =>
  clients.lambda.send(new lambda.PutRuntimeManagementConfigCommand({ FunctionName, ...input }));

test("a function is pinned to the runtime version that its log names, for each version by itself, and still is after a restart", async () => {
  const Code = { ZipFile: await zipOf({ "index.js": "exports.handler = async () => 1;" }) };
  const Role = "arn:aws:iam::123456789012:role/execution_role";
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({ FunctionName, Runtime: "nodejs24.x", Role, Handler: "index.handler", Code, Publish: true }),
  );
  const waiter = { client: clients.lambda, maxWaitTime: 20, minDelay: 0.02 };
  await lambda.waitUntilFunctionActiveV2(waiter, { FunctionName });
  await lambda.waitUntilPublishedVersionActive(waiter, { FunctionName, Qualifier: "1" });
  await clients.lambda.send(new lambda.InvokeCommand({ FunctionName }));
  const line = await waitFor("its log", async () => {
    const { events } = await clients.logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FunctionName}` }));
    return events?.find(({ message }) => message?.startsWith("INIT_START"))?.message;
  });
  const RuntimeVersionArn = /Runtime Version ARN: (\S+)/.exec(line)?.[1];
  const { RuntimeVersionConfig } = await clients.lambda.send(new lambda.GetFunctionConfigurationCommand({ FunctionName }));
  expect(RuntimeVersionConfig).toEqual({ RuntimeVersionArn });

  expect(await get()).toMatchObject({ UpdateRuntimeOn: "Auto", FunctionArn: arn });
  const pinned = { UpdateRuntimeOn: "Manual", FunctionArn: `${arn}:1`, RuntimeVersionArn };
  expect(await put({ Qualifier: "1", UpdateRuntimeOn: "Manual", RuntimeVersionArn })).toMatchObject(pinned);
  await server.kill();
  await restart();
  expect(await get("1")).toMatchObject(pinned);
  expect(await get()).toMatchObject({ UpdateRuntimeOn: "Auto" });
});

test("what is no version of the runtime, and an alias, are refused", async () => {
  const other = "arn:aws:lambda:us-east-1::runtime:0123456789abcdef";
  await expectError(
    put({ UpdateRuntimeOn: "Manual", RuntimeVersionArn: other }),
    "InvalidParameterValueException",
    400,
    `The runtime version ${other} is not available for the runtime nodejs24.x.`,
  );
  await expectError(
    put({ UpdateRuntimeOn: "Manual", RuntimeVersionArn: "nonsense" }),
    "ValidationException",
    400,
    /at 'runtimeVersionArn'/,
  );
  await clients.lambda.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  await expectError(
    get("live"),
    "InvalidParameterValueException",
    400,
    `The provided function name ${arn}:live is invalid. Aliases are not allowed.`,
  );
});
