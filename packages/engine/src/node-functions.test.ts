import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

test("an ES module answers, knows its context and its environment", async () => {
  const target = await t.target(
    {
      "index.mjs":
        "export const handler = async (event, context) => ({ event, context: { ...context, left: context.getRemainingTimeInMillis() }, env: process.env, cwd: process.cwd() });",
    },
    { environment: { MINE: "yes", AWS_REGION: "mine" } },
  );
  const result = await t.invoke(target, { a: "ü🎉" }, { clientContext: '{"custom":{"k":"é"}}' });
  const { event, context, env, cwd } = answer(result) as {
    event: unknown;
    context: Record<string, unknown>;
    env: Record<string, string>;
    cwd: string;
  };
  expect(event).toEqual({ a: "ü🎉" });
  expect(cwd).toBe("/var/task");
  expect(context).toMatchObject({
    functionName: "hello",
    functionVersion: "$LATEST",
    memoryLimitInMB: "128",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:hello",
    logGroupName: "/aws/lambda/hello",
    logStreamName: result.logStreamName,
    clientContext: { custom: { k: "é" } },
  });
  expect(context["left"]).toBeGreaterThan(3_000);
  expect(context["left"]).toBeLessThanOrEqual(5_000);
  expect(Object.keys(env).sort()).toEqual([
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_XRAY_CONTEXT_MISSING",
    "AWS_XRAY_DAEMON_ADDRESS",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "LANG",
    "LD_LIBRARY_PATH",
    "MINE",
    "NODE_PATH",
    "PATH",
    "TZ",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
  ]);
  expect(env).toMatchObject({
    MINE: "yes",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "ASIATEST",
    AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  });
  expect(result.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
});

test.each([
  ["CommonJS", { "index.js": "exports.handler = async () => 'cjs'" }, "index.handler", "cjs"],
  [
    "package type module",
    { "index.js": "export const handler = async () => 'esm'", "package.json": '{"type":"module"}' },
    "index.handler",
    "esm",
  ],
  [".cjs", { "index.cjs": "exports.handler = async () => 'c'" }, "index.handler", "c"],
  ["a nested path and export", { "lib/in/main.js": "exports.a = { b: async () => 'deep' }" }, "lib/in/main.a.b", "deep"],
  [
    "top-level await",
    { "index.mjs": "const v = await Promise.resolve('tla'); export const handler = async () => v" },
    "index.handler",
    "tla",
  ],
  ["no value", { "index.mjs": "export const handler = async () => {}" }, "index.handler", null],
  [
    "a stream",
    { "index.mjs": "export const handler = awslambda.streamifyResponse(async (e, s) => { s.write('\"a'); s.write('b\"'); s.end(); })" },
    "index.handler",
    "ab",
  ],
])("%s", async (_name, files, handler, expected) => {
  const result = await t.invoke(await t.target(files, { handler }));
  expect(answer(result)).toEqual(expected);
  expect(result.functionError).toBeUndefined();
});

test.each([
  ["callback", "exports.handler = (e, c, cb) => setTimeout(() => cb(null, 'later'), 5)", "later"],
  ["context.succeed", "exports.handler = (e, c) => { c.succeed('done') }", "done"],
  ["no callback called", "exports.handler = (e, c, cb) => {}", null],
])("nodejs20.x: %s", async (_name, code, expected) => {
  const target = await t.target({ "index.js": code }, { runtime: "nodejs20.x" });
  expect(answer(await t.invoke(target))).toEqual(expected);
  expect(answer(await t.invoke(target))).toEqual(expected);
  expect(t.engine.environments().filter(({ targetId }) => targetId === target.id)).toMatchObject([{ invocations: 2, state: "idle" }]);
});

test.each([
  ["thrown", { "index.js": "exports.handler = async () => { throw new TypeError('no') }" }, "TypeError", "no"],
  ["not an error", { "index.js": "exports.handler = async () => { throw 'text' }" }, "string", "text"],
  [
    "missing module",
    { "index.js": "require('nowhere')" },
    "Runtime.ImportModuleError",
    /^Error: Cannot find module 'nowhere'\nRequire stack:\n- \/var\/task\/index.js/,
  ],
  ["missing file", { "other.js": "" }, "Runtime.ImportModuleError", /^Error: Cannot find module 'index'/],
  ["missing export", { "index.js": "" }, "Runtime.HandlerNotFound", "index.handler is undefined or not exported"],
  ["syntax", { "index.js": "exports.handler = (" }, "Runtime.UserCodeSyntaxError", /^SyntaxError: /],
  [
    "unhandled rejection",
    { "index.js": "exports.handler = () => { Promise.reject(new Error('lost')); return new Promise(() => {}) }" },
    "Runtime.UnhandledPromiseRejection",
    "Error: lost",
  ],
  ["uncaught", { "index.js": "exports.handler = () => new Promise(() => setTimeout(() => { throw new Error('late') }))" }, "Error", "late"],
  [
    "a callback on Node 24",
    { "index.js": "exports.handler = (e, c, cb) => cb()" },
    "Runtime.CallbackHandlerDeprecated",
    /^ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24\./,
  ],
])("error: %s", async (_name, files, errorType, errorMessage) => {
  const result = await t.invoke(await t.target(files));
  expect(result.functionError).toBe("Unhandled");
  const body = answer(result) as { errorType: string; errorMessage: string; trace: string[] };
  expect(Object.keys(body)).toEqual(["errorType", "errorMessage", "trace"]);
  expect(body.errorType).toBe(errorType);
  expect(body.errorMessage).toMatch(errorMessage);
});

test("6 MB both ways; more is refused and the environment stays", async () => {
  const target = await t.target(
    { "index.mjs": "export const handler = async (event) => event.size ? 'x'.repeat(event.size) : event.text" },
    { memorySizeMb: 512 },
  );
  const text = "é".repeat(3 * 1024 * 1024 - 100);
  expect(answer(await t.invoke(target, { text }))).toBe(text);
  expect(await t.invoke(target, { size: 7_000_000 }).then(answer)).toEqual({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
  });
  expect(answer(await t.invoke(target, { text: "still" }))).toBe("still");
  expect(t.engine.environments().filter(({ targetId }) => targetId === target.id)).toHaveLength(1);
});

test("garbage is collected within the function's memory", async () => {
  const code =
    "export const handler = async () => { let n = 0; for (let i = 0; i < 3e4; i++) n += Array.from({ length: 200 }, () => ({ i })).length; return n }";
  const result = await t.invoke(await t.target({ "index.mjs": code }, { timeoutMs: 20_000 }));
  expect(answer(result)).toBe(6e6);
});

test("out of memory", async () => {
  const code = "export const handler = async () => Buffer.alloc(400 * 1024 * 1024, 1).length";
  const result = await t.invoke(await t.target({ "index.mjs": code }), {}, { requestId: "r" });
  expect(answer(result)).toEqual({
    errorType: "Runtime.OutOfMemory",
    errorMessage: "RequestId: r Error: Runtime exited with error: signal: killed",
  });
  expect(result.logTail.toString()).toMatch(/Status: error\tError Type: Runtime.OutOfMemory\t\n/);
});
