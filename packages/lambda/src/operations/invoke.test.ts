import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { realEngine } from "../testing/real-engine.ts";
import { account, arnOf, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";
import { zipOfEntries, zipOfFiles } from "../testing/zips.ts";

const source = `
exports.handler = async (event, context) => {
  console.log("event " + JSON.stringify(event));
  if (event.throw) throw new TypeError(event.throw);
  if (event.sleep) await new Promise((resolve) => setTimeout(resolve, event.sleep));
  if (event.nothing) return;
  return { event, client: context.clientContext, id: context.awsRequestId, arn: context.invokedFunctionArn, version: context.functionVersion, marker: process.env.MARKER };
};`;

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ engine: realEngine });
  await world.createFunction("hello", { Code: { ZipFile: await zipOfFiles({ "index.js": source }) }, Publish: true, Timeout: 20 });
});
afterAll(() => world.close());

type Input = InputOf<"lambda", "Invoke">;
const invoke = (FunctionName: string, event: unknown, more: Partial<Input> = {}) =>
  world.call("lambda", "Invoke", { FunctionName, Payload: event === undefined ? undefined : Buffer.from(JSON.stringify(event)), ...more });
const payload = (answer: { Payload?: Uint8Array | undefined }): unknown => JSON.parse(Buffer.from(answer.Payload ?? "").toString());
const newFunction = async (name: string, more: Partial<InputOf<"lambda", "CreateFunction">> = {}) =>
  world.createFunction(name, { Code: { ZipFile: await zipOfFiles({ "index.js": source }) }, Timeout: 20, ...more });
const logged = async (name: string): Promise<readonly string[]> => {
  try {
    const { events } = await world.call("logs", "FilterLogEvents", { logGroupName: `/aws/lambda/${name}` });
    return (events ?? []).map(({ message }) => message ?? "");
  } catch {
    return [];
  }
};

describe("Invoke, RequestResponse", () => {
  it("runs the function and answers what it returns", async () => {
    const answer = await invoke("hello", { a: 1 });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.LogResult).toBeUndefined();
    expect(payload(answer)).toMatchObject({ event: { a: 1 }, arn: arnOf("hello"), version: "$LATEST" });
  });

  it("runs a published version", async () => {
    const answer = await invoke("hello:1", {});
    expect(answer.ExecutedVersion).toBe("1");
    expect(payload(answer)).toMatchObject({ arn: arnOf("hello:1"), version: "1" });
    expect(payload(await invoke("hello", {}, { Qualifier: "$LATEST" }))).toMatchObject({ arn: arnOf("hello:$LATEST") });
  });

  it("gives an empty event to a function that is sent none, and null for no answer", async () => {
    expect(payload(await invoke("hello", undefined))).toMatchObject({ event: {} });
    expect(Buffer.from((await invoke("hello", { nothing: true })).Payload ?? "").toString()).toBe("null");
  });

  it("answers a function's error as a success of Invoke", async () => {
    const answer = await invoke("hello", { throw: "bad" });
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
    expect(payload(answer)).toMatchObject({ errorType: "TypeError", errorMessage: "bad" });
  });

  it("gives the log's tail if asked, and the client context to the function", async () => {
    const ClientContext = Buffer.from('{"custom":{"k":"v"}}').toString("base64");
    const answer = await invoke("hello", { a: "logged" }, { LogType: "Tail", ClientContext });
    const tail = Buffer.from(answer.LogResult ?? "", "base64").toString();
    expect(tail).toContain('event {"a":"logged"}');
    expect(tail).toMatch(/REPORT RequestId: .*Billed Duration: \d+ ms/);
    expect(payload(answer)).toMatchObject({ client: { custom: { k: "v" } } });
  });

  it("runs what an update brought, and no longer what it replaced", async () => {
    await newFunction("updated", { Environment: { Variables: { MARKER: "one" } } });
    expect(payload(await invoke("updated", {}))).toMatchObject({ marker: "one" });
    await world.call("lambda", "UpdateFunctionConfiguration", { FunctionName: "updated", Environment: { Variables: { MARKER: "two" } } });
    expect(payload(await invoke("updated", {}))).toMatchObject({ marker: "two" });
    await world.call("lambda", "DeleteFunction", { FunctionName: "updated" });
    await expect(invoke("updated", {})).rejects.toThrow(`Function not found: ${arnOf("updated:$LATEST")}`);
    await newFunction("updated");
    expect(payload(await invoke("updated", {}))).not.toHaveProperty("marker");
  });

  it("lets an invocation finish whose function is deleted meanwhile", async () => {
    await newFunction("deleted");
    const running = invoke("deleted", { sleep: 700 });
    await until(() => world.engine.environments().some(({ target }) => target.functionName === "deleted"));
    await world.call("lambda", "DeleteFunction", { FunctionName: "deleted" });
    expect(payload(await running)).toMatchObject({ event: { sleep: 700 } });
  });

  it("runs a custom runtime's program, which must be executable in the zip", async () => {
    const content = `#!/usr/bin/python3
import http.client, os
while True:
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    event = api.getresponse()
    body = event.read()
    api.request("POST", "/2018-06-01/runtime/invocation/%s/response" % event.headers["Lambda-Runtime-Aws-Request-Id"], b'{"got":%s}' % body)
    api.getresponse().read()
`;
    const custom = { Runtime: "provided.al2023", Handler: "bootstrap" } as const;
    const zip = (mode: number) => zipOfEntries([{ name: "bootstrap", content, mode }]);
    await newFunction("custom", { ...custom, Code: { ZipFile: await zip(0o100755) } });
    expect(payload(await invoke("custom", { a: 1 }))).toEqual({ got: { a: 1 } });
    await newFunction("not-executable", { ...custom, Code: { ZipFile: await zip(0o100644) } });
    const failed = await invoke("not-executable", {});
    expect(failed.FunctionError).toBe("Unhandled");
    expect(payload(failed)).toMatchObject({
      errorType: "Runtime.InvalidEntrypoint",
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: fork\/exec \/var\/task\/bootstrap: permission denied$/) as unknown,
    });
  });

  it("writes the function's log to its group", async () => {
    await newFunction("logging");
    await invoke("logging", { a: "line" });
    await until(async () => (await logged("logging")).some((line) => line.includes("REPORT")));
    expect((await logged("logging")).some((line) => line.includes('event {"a":"line"}'))).toBe(true);
  });
});

describe("Invoke refuses", () => {
  const fault = (code: string, message: unknown) => expect.objectContaining({ code, message });

  it("what is no JSON", async () => {
    await expect(invoke("hello", undefined, { Payload: Buffer.from("hello") })).rejects.toEqual(
      fault(
        "InvalidRequestContentException",
        expect.stringMatching(
          /^Could not parse request body into json: Could not parse payload into json: Unrecognized token 'hello': was expecting/,
        ),
      ),
    );
  });

  it("events that are too large", async () => {
    const too = (bytes: number) =>
      fault("RequestEntityTooLargeException", `Request must be smaller than ${bytes} bytes for the InvokeFunction operation`);
    await expect(invoke("hello", undefined, { Payload: Buffer.alloc(6_291_457, " ") })).rejects.toEqual(too(6_291_456));
    await expect(invoke("hello", undefined, { InvocationType: "Event", Payload: Buffer.alloc(1_048_577, " ") })).rejects.toEqual(
      too(1_048_576),
    );
  });

  it("client contexts that are none", async () => {
    for (const ClientContext of ["!", Buffer.from("no json").toString("base64")]) {
      await expect(invoke("hello", {}, { ClientContext })).rejects.toEqual(
        fault("InvalidRequestContentException", "Client context must be a valid Base64-encoded JSON object."),
      );
    }
    await expect(invoke("hello", {}, { ClientContext: "A".repeat(3584) })).rejects.toMatchObject({
      code: "InvalidRequestContentException",
    });
  });

  it("functions and versions that are not there", async () => {
    await expect(invoke("nope", {})).rejects.toEqual(fault("ResourceNotFoundException", `Function not found: ${arnOf("nope:$LATEST")}`));
    await expect(invoke("hello:2", {})).rejects.toEqual(fault("ResourceNotFoundException", `Function not found: ${arnOf("hello:2")}`));
  });

  it("more at once than is reserved", async () => {
    await newFunction("blocked");
    await world.call("lambda", "PutFunctionConcurrency", { FunctionName: "blocked", ReservedConcurrentExecutions: 0 });
    await expect(invoke("blocked", {})).rejects.toMatchObject({
      code: "TooManyRequestsException",
      message: "Rate Exceeded.",
      members: { Type: "User", Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
    });
    await world.call("lambda", "PutFunctionConcurrency", { FunctionName: "blocked", ReservedConcurrentExecutions: 1 });
    const both = await Promise.allSettled([invoke("blocked", { sleep: 300 }), invoke("blocked", { sleep: 300 })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(invoke("blocked", {})).resolves.toBeDefined();
  });

  it("a user who may not", async () => {
    const stranger = world.callAs({
      kind: "user",
      accountId: account,
      arn: `arn:aws:iam::${account}:user/stranger`,
      userId: "AIDASTRANGER",
      userName: "stranger",
    });
    await expect(stranger("lambda", "Invoke", { FunctionName: "hello" })).rejects.toThrow(
      `User: arn:aws:iam::${account}:user/stranger is not authorized to perform: lambda:InvokeFunction on resource: ${arnOf("hello")} because no identity-based policy allows the lambda:InvokeFunction action`,
    );
  });
});

describe("Invoke, DryRun", () => {
  it("checks and does not run", async () => {
    expect(await invoke("hello", {}, { InvocationType: "DryRun" })).toEqual({ StatusCode: 204 });
    await expect(invoke("nope", {}, { InvocationType: "DryRun" })).rejects.toMatchObject({ code: "ResourceNotFoundException" });
  });
});

describe("Invoke, Event", () => {
  it("answers at once and runs the function later", async () => {
    await newFunction("later");
    expect(await invoke("later", { a: "async" }, { InvocationType: "Event" })).toEqual({ StatusCode: 202 });
    await until(async () => (await logged("later")).some((line) => line.includes('event {"a":"async"}')));
    await until(async () => (await world.db.asyncEvents.list(undefined, 10)).length === 0);
  });

  it("waits out throttling", async () => {
    await newFunction("throttled");
    await world.call("lambda", "PutFunctionConcurrency", { FunctionName: "throttled", ReservedConcurrentExecutions: 0 });
    await invoke("throttled", { a: "patient" }, { InvocationType: "Event" });
    await until(async () => ((await world.db.asyncEvents.list(undefined, 10))[0]?.attempts ?? 0) > 0);
    await world.call("lambda", "DeleteFunctionConcurrency", { FunctionName: "throttled" });
    await until(async () => (await logged("throttled")).some((line) => line.includes("REPORT")));
    expect((await logged("throttled")).join("\n")).toContain("patient");
  });

  it("runs after a restart what was accepted before", async () => {
    const first = await startTestLambda();
    await first.createFunction("kept", { Code: { ZipFile: await zipOfFiles({ "index.js": source }) } });
    await first.call("lambda", "PutFunctionConcurrency", { FunctionName: "kept", ReservedConcurrentExecutions: 0 });
    await first.call("lambda", "Invoke", { FunctionName: "kept", InvocationType: "Event", Payload: Buffer.from('{"a":"survivor"}') });
    await first.call("lambda", "DeleteFunctionConcurrency", { FunctionName: "kept" });
    await first.stop();
    const second = await startTestLambda({ folder: first.folder, engine: realEngine });
    await until(async () => (await second.db.asyncEvents.list(undefined, 10)).length === 0);
    // An event is gone only when its log is there.
    const { events } = await second.call("logs", "FilterLogEvents", { logGroupName: "/aws/lambda/kept", filterPattern: "survivor" });
    expect(events?.length).toBeGreaterThan(0);
    await second.close();
  });
});
