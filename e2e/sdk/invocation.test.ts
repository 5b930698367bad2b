import * as lambda from "@aws-sdk/client-lambda";
import { PutRolePolicyCommand, CreateRoleCommand } from "@aws-sdk/client-iam";
import { DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, test } from "vitest";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { role, sampleFunctions } from "./sample-functions.ts";

const { clients } = serveTests();
const { createFunction, active, invoke } = sampleFunctions(clients);

describe("invocation", () => {
  test("RequestResponse returns what the handler returns, the version and the log's tail", async () => {
    await createFunction("echo", {
      code: "def handler(event, context):\n    print('hello from', context.function_name)\n    return {'got': event, 'id': context.aws_request_id}\n",
    });
    const answer = await invoke("echo", { a: [1, "ü"] }, { LogType: "Tail" });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(answer.FunctionError).toBeUndefined();
    expect(JSON.parse(answer.text)).toEqual({ got: { a: [1, "ü"] }, id: answer.$metadata.requestId });
    expect(answer.log).toContain("hello from echo\n");
    expect(answer.log).toMatch(
      /REPORT RequestId: \S+\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB/,
    );
  });

  test("a handler's exception comes back as AWS shapes it", async () => {
    await createFunction("raises", { code: "def handler(event, context):\n    raise ValueError('no good')\n" });
    const answer = await invoke("raises", {});
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
    expect(JSON.parse(answer.text)).toMatchObject({
      errorMessage: "no good",
      errorType: "ValueError",
      requestId: answer.$metadata.requestId,
      stackTrace: [expect.stringContaining('File "/var/task/main.py", line 2, in handler')],
    });
  });

  test("a timeout is told in AWS's words, not before the deadline", async () => {
    await createFunction("sleeps", { code: "import time\ndef handler(event, context):\n    time.sleep(30)\n", Timeout: 1 });
    const started = performance.now();
    const answer = await invoke("sleeps", {});
    expect(performance.now() - started).toBeGreaterThanOrEqual(1000);
    expect(JSON.parse(answer.text)).toMatchObject({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${answer.$metadata.requestId} Error: Task timed out after 1.00 seconds`,
    });
  });

  test("nodejs22.x and nodejs24.x run, as ES modules and CommonJS", async () => {
    const Code = {
      ZipFile: await zipOf({ "index.mjs": "export const handler = async (event, context) => ({ event, name: context.functionName });\n" }),
    };
    for (const Runtime of ["nodejs22.x", "nodejs24.x"] as const) {
      const FunctionName = `node-${Runtime.slice(6, 8)}`;
      await clients.lambda.send(new lambda.CreateFunctionCommand({ FunctionName, Runtime, Role: role, Handler: "index.handler", Code }));
      await active(FunctionName);
      expect(JSON.parse((await invoke(FunctionName, { x: 1 })).text)).toEqual({ event: { x: 1 }, name: FunctionName });
    }
    await clients.lambda.send(
      new lambda.CreateFunctionCommand({
        FunctionName: "node-cjs",
        Runtime: "nodejs24.x",
        Role: role,
        Handler: "lib/index.run",
        Code: { ZipFile: await zipOf({ "lib/index.js": "exports.run = async () => 'cjs';\n" }) },
      }),
    );
    await active("node-cjs");
    expect((await invoke("node-cjs", {})).text).toBe('"cjs"');
  });

  test("DryRun answers 204 and runs nothing; Event answers 202 and runs; both leave their trace or none in the logs", async () => {
    await createFunction("async", { code: "def handler(event, context):\n    print('ran', event['n'])\n" });
    expect((await invoke("async", { n: "dry" }, { InvocationType: "DryRun" })).StatusCode).toBe(204);
    expect((await invoke("async", { n: "event" }, { InvocationType: "Event" })).StatusCode).toBe(202);
    const events = await waitFor("the event's line in the log", async () => {
      const found = await clients.logs.send(new FilterLogEventsCommand({ logGroupName: "/aws/lambda/async", filterPattern: "ran" }));
      return (found.events ?? []).length > 0 && found.events;
    });
    expect(events.map((event) => event.message?.trim())).toEqual(["ran event"]);
    expect(events[0]?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  });

  test("the client context reaches the function", async () => {
    await createFunction("context", { code: "def handler(event, context):\n    return context.client_context.custom\n" });
    const answer = await invoke("context", {}, { ClientContext: Buffer.from(JSON.stringify({ custom: { k: "v" } })).toString("base64") });
    expect(JSON.parse(answer.text)).toEqual({ k: "v" });
  });

  test("bad payloads are refused in AWS's words", async () => {
    await createFunction("picky");
    await expectError(
      clients.lambda.send(new lambda.InvokeCommand({ FunctionName: "picky", Payload: Buffer.from("{nope") })),
      "InvalidRequestContentException",
      400,
      /^Could not parse request body into json: /,
    );
    const tooLarge = Buffer.from(JSON.stringify("x".repeat(6_300_000)));
    await expectError(
      clients.lambda.send(new lambda.InvokeCommand({ FunctionName: "picky", Payload: tooLarge })),
      "RequestEntityTooLargeException",
      413,
      "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
    );
    const tooLargeForAnEvent = Buffer.from(JSON.stringify("x".repeat(1_048_577)));
    await expectError(
      clients.lambda.send(new lambda.InvokeCommand({ FunctionName: "picky", InvocationType: "Event", Payload: tooLargeForAnEvent })),
      "RequestEntityTooLargeException",
      413,
      "Request must be smaller than 1048576 bytes for the InvokeFunction operation",
    );
  });

  test("a role without logs:PutLogEvents writes no logs", async () => {
    const trust = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    };
    const { Role } = await clients.iam.send(new CreateRoleCommand({ RoleName: "silent", AssumeRolePolicyDocument: JSON.stringify(trust) }));
    await createFunction("silent", { Role: Role?.Arn, code: "def handler(e, c):\n    print('secretly')\n    return 'done'\n" });
    await createFunction("loud", { code: "def handler(e, c):\n    print('openly')\n    return 'done'\n" });
    expect((await invoke("silent", {})).text).toBe('"done"');
    expect((await invoke("loud", {})).text).toBe('"done"');
    await waitFor(
      "the other function's log",
      async () =>
        (await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/loud" }))).logGroups?.length === 1,
    );
    expect((await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/silent" }))).logGroups).toEqual([]);
    // Given the permission, the same role's next lines arrive: it was the policy that kept them away.
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }],
    };
    await clients.iam.send(new PutRolePolicyCommand({ RoleName: "silent", PolicyName: "logs", PolicyDocument: JSON.stringify(policy) }));
    await invoke("silent", {});
    await waitFor(
      "the role's log",
      async () =>
        (await clients.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/aws/lambda/silent" }))).logGroups?.length === 1,
    );
  });

  test("the function's own SDK calls go to this server, as its role", async () => {
    const code = [
      "import os, urllib.request",
      "def handler(event, context):",
      "    with urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/_mayfly/health') as r:",
      "        return [r.status, os.environ['AWS_ACCESS_KEY_ID'][:4], os.environ['AWS_REGION']]",
      "",
    ].join("\n");
    await createFunction("calls", { code });
    expect(JSON.parse((await invoke("calls", {})).text)).toEqual([200, "ASIA", "us-east-1"]);
  });
});

describe("concurrency", () => {
  test("reserved concurrency is put, read, obeyed and removed", async () => {
    await createFunction("limited", {
      code: "import time\ndef handler(e, c):\n    time.sleep(e.get('s', 0))\n    return 1\n",
      Timeout: 20,
    });
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "limited", ReservedConcurrentExecutions: 0 }));
    expect(
      (await clients.lambda.send(new lambda.GetFunctionConcurrencyCommand({ FunctionName: "limited" }))).ReservedConcurrentExecutions,
    ).toBe(0);
    const error = await expectError(invoke("limited", {}), "TooManyRequestsException", 429, "Rate Exceeded.");
    expect(error["Reason"]).toBe("ReservedFunctionConcurrentInvocationLimitExceeded");
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "limited", ReservedConcurrentExecutions: 2 }));
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => invoke("limited", { s: 2 })));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled").length).toBe(2);
    await clients.lambda.send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName: "limited" }));
    expect(
      (await clients.lambda.send(new lambda.GetFunctionConcurrencyCommand({ FunctionName: "limited" }))).ReservedConcurrentExecutions,
    ).toBeUndefined();
    await expectError(
      clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName: "limited", ReservedConcurrentExecutions: 950 })),
      "InvalidParameterValueException",
      400,
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    );
  });

  test("invocations at once get environments of their own, later ones reuse them", async () => {
    await createFunction("parallel", {
      code: "import time, uuid\nme = str(uuid.uuid4())\ndef handler(e, c):\n    time.sleep(e.get('s', 0))\n    return me\n",
      Timeout: 20,
    });
    const atOnce = await Promise.all([1, 2, 3].map(() => invoke("parallel", { s: 1.5 })));
    const environments = new Set(atOnce.map((answer) => answer.text));
    expect(environments.size).toBe(3);
    expect(environments).toContain((await invoke("parallel", {})).text);
  });
});
