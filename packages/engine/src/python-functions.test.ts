import { createRuntimes, runnableRuntimes } from "@mayfly/runtimes";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

const hello = "def handler(event, context):\n    return {'statusCode': 200, 'body': 'Hello, World!', 'event': event}\n";

test("every Python of the machine answers", async () => {
  const runtimes = createRuntimes({ runtimesFolder: "/nonexistent" });
  const found = (
    await Promise.all(runnableRuntimes.filter(({ language }) => language === "python").map(({ id }) => runtimes.resolve(id)))
  ).filter((one) => one !== undefined);
  expect(found.length).toBeGreaterThan(0);
  for (const { runtime } of found) {
    const result = await t.invoke(await t.target({ "index.py": hello }, { runtime }), { a: "ü🎉" });
    expect({ runtime, ...(answer(result) as object) }).toEqual({ runtime, statusCode: 200, body: "Hello, World!", event: { a: "ü🎉" } });
  }
});

test("the context has every member", async () => {
  const code = `
def handler(event, context):
    return [context.function_name, context.function_version, context.memory_limit_in_mb, context.invoked_function_arn, context.aws_request_id,
            context.log_group_name, context.log_stream_name, context.client_context.custom, context.identity.cognito_identity_id, 3000 < context.get_remaining_time_in_millis() <= 5000]
`;
  const result = await t.invoke(await t.target({ "index.py": code }), {}, { requestId: "r", clientContext: '{"custom":{"k":"é"}}' });
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:hello";
  expect(answer(result)).toEqual(["hello", "$LATEST", "128", arn, "r", "/aws/lambda/hello", result.logStreamName, { k: "é" }, null, true]);
});

test.each([
  [
    "thrown",
    "def handler(e, c):\n    raise ValueError('no')",
    {
      errorMessage: "no",
      errorType: "ValueError",
      requestId: "r",
      stackTrace: ["  File \"/var/task/index.py\", line 2, in handler\n    raise ValueError('no')\n"],
    },
  ],
  [
    "missing module",
    "import nowhere",
    {
      errorMessage: "Unable to import module 'index': No module named 'nowhere'",
      errorType: "Runtime.ImportModuleError",
      requestId: "",
      stackTrace: [],
    },
  ],
  [
    "missing function",
    "x = 1",
    { errorMessage: "Handler 'handler' missing on module 'index'", errorType: "Runtime.HandlerNotFound", requestId: "", stackTrace: [] },
  ],
  [
    "not JSON",
    "import decimal\ndef handler(e, c):\n    return decimal.Decimal(1)",
    {
      errorMessage: "Unable to marshal response: Object of type Decimal is not JSON serializable",
      errorType: "Runtime.MarshalError",
      requestId: "r",
      stackTrace: [],
    },
  ],
  [
    "exit",
    "import sys\ndef handler(e, c):\n    sys.exit(3)",
    { errorType: "Runtime.ExitError", errorMessage: "RequestId: r Error: Runtime exited with error: exit status 3" },
  ],
  [
    "exit 0",
    "import os\ndef handler(e, c):\n    os._exit(0)",
    { errorType: "Runtime.ExitError", errorMessage: "RequestId: r Error: Runtime exited without providing a reason" },
  ],
  [
    "killed",
    "import os\ndef handler(e, c):\n    os.abort()",
    { errorType: "Runtime.ExitError", errorMessage: "RequestId: r Error: Runtime exited with error: signal: aborted" },
  ],
  [
    "memory",
    "def handler(e, c):\n    return len(bytearray(400_000_000))",
    { errorType: "Runtime.OutOfMemory", errorMessage: "RequestId: r Error: Runtime exited with error: signal: killed" },
  ],
])("error: %s", async (_name, code, expected) => {
  const result = await t.invoke(await t.target({ "index.py": code }), {}, { requestId: "r" });
  expect(result.functionError).toBe("Unhandled");
  expect(answer(result)).toEqual(expected);
});

test("a syntax error", async () => {
  const result = await t.invoke(await t.target({ "index.py": "def handler(:" }));
  expect(answer(result)).toMatchObject({
    errorType: "Runtime.UserCodeSyntaxError",
    errorMessage: expect.stringMatching(/^Syntax error in module 'index': /) as string,
  });
});

test("print, logging and tracebacks come in order, all of them in the tail", async () => {
  const code =
    "import logging\ndef handler(e, c):\n    print('raw')\n    logging.warning('a\\nb')\n    print('unended', end='')\n    raise KeyError('k')\n";
  const result = await t.invoke(await t.target({ "index.py": code }), {}, { requestId: "r" });
  const messages = t.logs.get(result.logStreamName)!.slice(1);
  expect(messages[1]).toBe("raw\n");
  expect(messages[2]).toMatch(/^\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\tr\ta\nb\n$/);
  expect(messages[3]).toBe("unended\n");
  expect(messages[4]).toMatch(/^\[ERROR\] KeyError: 'k'\nTraceback \(most recent call last\):\n\u00a0\u00a0File "\/var\/task\/index.py"/);
  expect(result.logTail.toString()).toBe(messages.join(""));
});

test("sites, exit() and a file of /tmp that outlives an invocation", async () => {
  const code =
    "import os\nn = 0\ndef handler(e, c):\n    global n\n    n += 1\n    open('/tmp/f', 'a').write('x')\n    return [n, os.path.getsize('/tmp/f'), callable(exit)]\n";
  const target = await t.target({ "index.py": code });
  expect(answer(await t.invoke(target))).toEqual([1, 1, true]);
  expect(answer(await t.invoke(target))).toEqual([2, 2, true]);
});
