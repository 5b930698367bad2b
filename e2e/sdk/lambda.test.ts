import { createHash } from "node:crypto";
import * as lambda from "@aws-sdk/client-lambda";
import { PutRolePolicyCommand, CreateRoleCommand } from "@aws-sdk/client-iam";
import { DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, test } from "vitest";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const role = "arn:aws:iam::123456789012:role/execution_role";
const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

const { clients } = serveTests();

interface Sample extends Partial<Omit<lambda.CreateFunctionCommandInput, "Code">> {
  readonly code?: string;
}

/** A Python function that is ready to be invoked. */
async function createFunction(FunctionName: string, { code, ...input }: Sample = {}): Promise<lambda.CreateFunctionCommandOutput> {
  const created = await clients.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: "python3.9",
      Role: role,
      Handler: "main.handler",
      Code: { ZipFile: await zipOf({ "main.py": code ?? "def handler(event, context):\n    return event\n" }) },
      ...input,
    }),
  );
  await active(FunctionName);
  return created;
}

async function active(FunctionName: string): Promise<void> {
  const waiter = { client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 };
  await lambda.waitUntilFunctionActiveV2(waiter, { FunctionName });
  await lambda.waitUntilFunctionUpdatedV2(waiter, { FunctionName });
}

async function invoke(FunctionName: string, event: unknown, input: Partial<lambda.InvokeCommandInput> = {}) {
  const answer = await clients.lambda.send(
    new lambda.InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)), ...input }),
  );
  const text = Buffer.from(answer.Payload ?? []).toString();
  return { ...answer, text, log: Buffer.from(answer.LogResult ?? "", "base64").toString() };
}

describe("functions", () => {
  test("CreateFunction answers the configuration that AWS answers", async () => {
    const code = await zipOf({ "main.py": "def handler(event, context):\n    return 1\n" });
    const created = await clients.lambda.send(
      new lambda.CreateFunctionCommand({
        FunctionName: "created",
        Runtime: "python3.9",
        Role: role,
        Handler: "main.handler",
        Code: { ZipFile: code },
        Description: "a test",
        Timeout: 7,
        MemorySize: 256,
        Environment: { Variables: { STAGE: "test" } },
        Tags: { team: "a" },
      }),
    );
    expect(created).toMatchObject({
      FunctionName: "created",
      FunctionArn: arnOf("created"),
      Runtime: "python3.9",
      Role: role,
      Handler: "main.handler",
      CodeSize: code.length,
      CodeSha256: createHash("sha256").update(code).digest("base64"),
      Description: "a test",
      Timeout: 7,
      MemorySize: 256,
      Version: "$LATEST",
      Environment: { Variables: { STAGE: "test" } },
      TracingConfig: { Mode: "PassThrough" },
      State: "Pending",
      StateReasonCode: "Creating",
      PackageType: "Zip",
      Architectures: ["x86_64"],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
      LoggingConfig: { LogFormat: "Text", LogGroup: "/aws/lambda/created" },
    });
    expect(created.$metadata.httpStatusCode).toBe(201);
    expect(created.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    await active("created");
    const { Configuration, Tags } = await clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "created" }));
    expect(Configuration).toMatchObject({ State: "Active", LastUpdateStatus: "Successful" });
    expect(Tags).toEqual({ team: "a" });
  });

  test("CreateFunction refuses what AWS refuses, in its words", async () => {
    await createFunction("taken");
    await expectError(createFunction("taken"), "ResourceConflictException", 409, "Function already exist: taken");
    await expectError(
      createFunction("norole", { Role: "arn:aws:iam::123456789012:role/nobody" }),
      "InvalidParameterValueException",
      400,
      "The role defined for the function cannot be assumed by Lambda.",
    );
    await expectError(
      createFunction("badruntime", { Runtime: "cobol" as lambda.Runtime }),
      "InvalidParameterValueException",
      400,
      /^Value cobol at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: \[/,
    );
    await expectError(
      clients.lambda.send(
        new lambda.CreateFunctionCommand({
          FunctionName: "notzip",
          Runtime: "python3.9",
          Role: role,
          Handler: "a.b",
          Code: { ZipFile: Buffer.from("no zip") },
        }),
      ),
      "InvalidParameterValueException",
      400,
      "Could not unzip uploaded file. Please check your file, then try to upload again.",
    );
    await expectError(
      createFunction("reserved", { Environment: { Variables: { AWS_REGION: "x" } } }),
      "InvalidParameterValueException",
      400,
      /reserved keys .* AWS_REGION$/,
    );
    await expectError(
      clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "norole" })),
      "ResourceNotFoundException",
      404,
      `Function not found: ${arnOf("norole")}`,
    );
  });

  test("GetFunction's code URL downloads the very zip, without a signature", async () => {
    const { CodeSha256 } = await createFunction("downloaded");
    const { Code } = await clients.lambda.send(new lambda.GetFunctionCommand({ FunctionName: "downloaded" }));
    expect(Code?.RepositoryType).toBe("S3");
    const response = await fetch(Code?.Location ?? "");
    expect(response.status).toBe(200);
    expect(
      createHash("sha256")
        .update(new Uint8Array(await response.arrayBuffer()))
        .digest("base64"),
    ).toBe(CodeSha256);
    const forged = await fetch((Code?.Location ?? "").replace(/.$/, (last) => (last === "0" ? "1" : "0")));
    expect(forged.status).toBe(403);
  });

  test("a function is found by name, partial ARN and full ARN, and by $LATEST", async () => {
    await createFunction("found");
    for (const FunctionName of ["found", "function:found", "123456789012:function:found", arnOf("found"), "found:$LATEST"]) {
      const configuration = await clients.lambda.send(new lambda.GetFunctionConfigurationCommand({ FunctionName }));
      expect(configuration.FunctionName).toBe("found");
    }
  });

  test("ListFunctions pages through all of them", async () => {
    for (let i = 0; i < 5; i++) await createFunction(`listed-${i}`);
    const names: (string | undefined)[] = [];
    for await (const page of lambda.paginateListFunctions({ client: clients.lambda, pageSize: 2 }, {})) {
      expect(page.Functions?.length).toBeLessThanOrEqual(2);
      for (const item of page.Functions ?? []) {
        names.push(item.FunctionName);
        expect(item.State).toBeUndefined();
      }
    }
    expect(names).toEqual(expect.arrayContaining([0, 1, 2, 3, 4].map((i) => `listed-${i}`)));
    expect(new Set(names).size).toBe(names.length);
  });

  test("UpdateFunctionCode takes effect at once, and DryRun changes nothing", async () => {
    await createFunction("recoded", { code: "def handler(e, c):\n    return 'old'\n" });
    expect((await invoke("recoded", {})).text).toBe('"old"');
    const ZipFile = await zipOf({ "main.py": "def handler(e, c):\n    return 'new'\n" });
    const before = await clients.lambda.send(new lambda.GetFunctionConfigurationCommand({ FunctionName: "recoded" }));
    await clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: "recoded", ZipFile, DryRun: true }));
    expect((await invoke("recoded", {})).text).toBe('"old"');
    const updated = await clients.lambda.send(
      new lambda.UpdateFunctionCodeCommand({ FunctionName: "recoded", ZipFile, RevisionId: before.RevisionId }),
    );
    expect(updated.RevisionId).not.toBe(before.RevisionId);
    await active("recoded");
    expect((await invoke("recoded", {})).text).toBe('"new"');
    await expectError(
      clients.lambda.send(new lambda.UpdateFunctionCodeCommand({ FunctionName: "recoded", ZipFile, RevisionId: before.RevisionId })),
      "PreconditionFailedException",
      412,
      /^The Revision Id provided does not match the latest Revision Id\./,
    );
  });

  test("UpdateFunctionConfiguration is obeyed by the next invocation", async () => {
    await createFunction("reconfigured", {
      code: "import os\ndef handler(e, c):\n    return [os.environ.get('STAGE'), c.memory_limit_in_mb]\n",
      Environment: { Variables: { STAGE: "1" } },
    });
    expect(JSON.parse((await invoke("reconfigured", {})).text)).toEqual(["1", "128"]);
    await clients.lambda.send(
      new lambda.UpdateFunctionConfigurationCommand({
        FunctionName: "reconfigured",
        Environment: { Variables: { STAGE: "2" } },
        MemorySize: 192,
      }),
    );
    await active("reconfigured");
    expect(JSON.parse((await invoke("reconfigured", {})).text)).toEqual(["2", "192"]);
  });

  test("DeleteFunction ends it", async () => {
    await createFunction("deleted");
    await invoke("deleted", {});
    const answer = await clients.lambda.send(new lambda.DeleteFunctionCommand({ FunctionName: "deleted" }));
    expect(answer.$metadata.httpStatusCode).toBe(204);
    await expectError(invoke("deleted", {}), "ResourceNotFoundException", 404, `Function not found: ${arnOf("deleted")}:$LATEST`);
    await expectError(clients.lambda.send(new lambda.DeleteFunctionCommand({ FunctionName: "deleted" })), "ResourceNotFoundException", 404);
  });

  test("tags are put, listed and removed", async () => {
    await createFunction("tagged", { Tags: { a: "1" } });
    await clients.lambda.send(new lambda.TagResourceCommand({ Resource: arnOf("tagged"), Tags: { b: "2" } }));
    expect((await clients.lambda.send(new lambda.ListTagsCommand({ Resource: arnOf("tagged") }))).Tags).toEqual({ a: "1", b: "2" });
    await clients.lambda.send(new lambda.UntagResourceCommand({ Resource: arnOf("tagged"), TagKeys: ["a"] }));
    expect((await clients.lambda.send(new lambda.ListTagsCommand({ Resource: arnOf("tagged") }))).Tags).toEqual({ b: "2" });
    await expectError(clients.lambda.send(new lambda.ListTagsCommand({ Resource: arnOf("nobody") })), "ResourceNotFoundException", 404);
  });

  test("GetAccountSettings counts what there is", async () => {
    const settings = await clients.lambda.send(new lambda.GetAccountSettingsCommand({}));
    expect(settings.AccountLimit).toMatchObject({
      ConcurrentExecutions: 1000,
      TotalCodeSize: 80_530_636_800,
      CodeSizeZipped: 52_428_800,
      CodeSizeUnzipped: 262_144_000,
    });
    expect(settings.AccountUsage?.FunctionCount).toBeGreaterThan(0);
  });
});

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
