import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineLimits } from "./limits.ts";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget, StreamedResponse } from "./types.ts";

/** Functions say words on port 4566, and wait there until the test lets them go on. */
const waiting = new Map<string, () => void>();
let hear = (): void => {};

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine({
    cpu: "shared",
    streamLimits: { ...engineLimits.stream, burstBytes: 1e12 },
    awsConnection: (socket) =>
      void socket.once("data", (word) => {
        waiting.set(word.toString(), () => socket.end("go"));
        hear();
      }),
  });
});
afterAll(() => t.close());

const heard = async (word: string): Promise<void> => {
  while (!waiting.has(word)) await new Promise<void>((resolve) => void (hear = resolve));
};
const letGo = async (word: string): Promise<void> => {
  await heard(word);
  waiting.get(word)!();
  waiting.delete(word);
};
const say = `const say = (word) => new Promise((resolve) => require("node:net").connect(4566, "127.0.0.1", function () { this.write(word); this.resume(); this.on("end", resolve); }));\n`;
const node = (body: string, options?: Partial<FunctionTarget>): Promise<FunctionTarget> =>
  t.target(
    { "index.js": `${say}exports.handler = awslambda.streamifyResponse(async (event, stream, context) => {\n${body}\n});` },
    options,
  );

const stream = (target: FunctionTarget, event: unknown = {}): Promise<StreamedResponse> =>
  t.engine.invokeStreaming(target, {
    requestId: randomUUID(),
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:hello",
    payload: Buffer.from(JSON.stringify(event)),
    traceId: "Root=1",
  });
const readerOf = (body: AsyncIterable<Buffer>): AsyncIterator<Buffer> => body[Symbol.asyncIterator]();
const textOf = async (reader: AsyncIterator<Buffer>): Promise<string | undefined> => {
  const next = await reader.next();
  return next.done === true ? undefined : next.value.toString("latin1");
};
async function readAll(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString("latin1");
}

test("the first chunk is here before the function is told to write the last", async () => {
  const target = await node(`stream.write("first"); await say("order"); stream.write("last"); stream.end();`);
  for (let round = 0; round < 2; round++) {
    const { contentType, body, result } = await stream(target);
    expect(contentType).toBe("application/octet-stream");
    const reader = readerOf(body);
    expect(await textOf(reader)).toBe("first");
    await letGo("order");
    expect(await textOf(reader)).toBe("last");
    expect(await textOf(reader)).toBeUndefined();
    const { payload, functionError, logTail } = await result;
    expect([payload.length, functionError]).toEqual([0, undefined]);
    expect(logTail.toString()).toMatch(/^START .*\nEND .*\nREPORT .*\tMax Memory Used: .*\n$/);
  }
  expect(t.engine.environments().filter(({ targetId }) => targetId === target.id)).toMatchObject([{ invocations: 2, state: "idle" }]);
});

test("a status and headers for HTTP come before the body, a content type as it was set", async () => {
  const http = await stream(
    await node(
      `stream = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: "b" } }); stream.write("body"); stream.end();`,
    ),
  );
  expect(http.contentType).toBe("application/vnd.awslambda.http-integration-response");
  expect(await readAll(http.body)).toBe(`{"statusCode":201,"headers":{"a":"b"}}${"\0".repeat(8)}body`);
  const typed = await stream(await node(`stream.setContentType("text/plain"); stream.end({ as: "JSON" });`));
  expect(typed.contentType).toBe("text/plain");
  expect(await readAll(typed.body)).toBe('{"as":"JSON"}');
  const late = await (await stream(await node(`stream.write("a"); stream.setContentType("text/plain");`))).result;
  expect(answer(late)).toMatchObject({ errorType: "InvalidStreamingOperation", errorMessage: "Cannot set content-type, too late." });
});

test("nothing but an end, a pipeline, and many small writes", async () => {
  expect(await readAll((await stream(await node(`stream.end();`))).body)).toBe("");
  const piped = await node(
    `await require("node:stream/promises").pipeline(require("node:stream").Readable.from(["a", Buffer.from("b"), "c"]), stream);`,
  );
  expect(await readAll((await stream(piped)).body)).toBe("abc");
  const many = await node(`for (let i = 0; i < 20000; i++) stream.write("0123456789"); stream.end();`);
  expect(await readAll((await stream(many)).body)).toBe("0123456789".repeat(20_000));
});

test("a function that does not stream gives its answer in one piece, its error as a result", async () => {
  const target = await t.target({ "index.py": "def handler(e, c):\n    if e: raise ValueError('no')\n    return {'a': 1}\n" });
  const plain = await stream(target, 0);
  expect(plain.contentType).toBe("application/json");
  expect(await readAll(plain.body)).toBe('{"a": 1}');
  const failed = await stream(target, 1);
  expect(await readAll(failed.body)).toBe("");
  const result = await failed.result;
  expect(result.functionError).toBe("Unhandled");
  expect(answer(result)).toMatchObject({ errorType: "ValueError", errorMessage: "no" });
});

test("a plain Invoke of a streaming function gets all of it, up to its limit", async () => {
  const target = await node(`stream.write("a".repeat(event)); stream.end("b");`);
  expect((await t.invoke(target, 100_000)).payload.toString()).toBe(`${"a".repeat(100_000)}b`);
  const size = engineLimits.responseBytes;
  expect((await t.invoke(target, size - 1)).payload).toHaveLength(size);
  expect(answer(await t.invoke(target, size))).toEqual({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${size} bytes).`,
  });
  expect((await t.invoke(target, 0)).payload.toString()).toBe("b");
  expect(t.engine.environments().filter(({ targetId }) => targetId === target.id)).toHaveLength(1);
});

test("the log tells how much was streamed, to whomever", async () => {
  const target = await node(`stream.write("a".repeat(event)); stream.end("b");`, { logFormat: "JSON", systemLogLevel: "DEBUG" });
  const { body, result } = await stream(target, 100_000);
  await readAll(body);
  const { logStreamName } = await result;
  await t.invoke(target, 7);
  const records = t.logs
    .get(logStreamName)!
    .map((line) => JSON.parse(line) as { type?: string; record?: { metrics: { producedBytes: number } } });
  const done = records.filter(({ type }) => type === "platform.runtimeDone");
  expect(done.map(({ record }) => record!.metrics.producedBytes)).toEqual([100_001, 8]);
});

test("an error before the first byte, and one in the midst", async () => {
  const target = await node(`if (event) stream.write("some"); throw new RangeError("as told");`);
  for (const event of [0, 1]) {
    const { body, result } = await stream(target, event);
    expect(await readAll(body)).toBe(event === 0 ? "" : "some");
    const over = await result;
    expect(over.functionError).toBe("Unhandled");
    expect(answer(over)).toMatchObject({ errorType: "RangeError", errorMessage: "as told" });
    expect(over.logTail.toString()).toMatch(/\tERROR\tInvoke Error .*as told.*\n[^]*\tStatus: error\tError Type: RangeError\t\n/);
    expect(answer(await t.invoke(target, event))).toMatchObject({ errorType: "RangeError" });
  }
  expect(t.engine.environments().filter(({ targetId }) => targetId === target.id)).toHaveLength(1);
});

test.each([
  ["an uncaught exception", `setTimeout(() => { throw new TypeError("late") }); await new Promise(() => {});`, { errorType: "TypeError" }],
  ["an exit", `await say("exit"); process.exit(3);`, { errorMessage: "RequestId: r Error: Runtime exited with error: exit status 3" }],
  ["a crash", `await say("exit"); process.abort();`, { errorMessage: expect.stringMatching(/signal: (aborted|trace)/) as unknown }],
])("%s in the midst of a stream ends it with an error", async (_what, end, error) => {
  const target = await node(`stream.write("some"); ${end}`);
  const { body, result } = await t.engine.invokeStreaming(target, {
    requestId: "r",
    invokedFunctionArn: "arn",
    payload: Buffer.from("{}"),
    traceId: "Root=1",
  });
  const reader = readerOf(body);
  expect(await textOf(reader)).toBe("some");
  if (end.includes("say")) await letGo("exit");
  expect(await textOf(reader)).toBeUndefined();
  const over = await result;
  expect(over.functionError).toBe("Unhandled");
  expect(answer(over)).toMatchObject(error);
});

test("a timeout in the midst of a stream", async () => {
  const target = await node(`stream.write("some"); await new Promise((resolve) => setTimeout(resolve, 60_000));`, { timeoutMs: 1_000 });
  const { body, result } = await stream(target);
  expect(await readAll(body)).toBe("some");
  expect(answer(await result)).toMatchObject({ errorType: "Sandbox.Timedout" });
});

test("a slow reader slows the function, which costs the server no memory", async () => {
  const total = 64 * 1024 * 1024;
  const target = await node(
    `const chunk = Buffer.alloc(65536);
     for (let sent = 0; sent < ${total}; sent += chunk.length) if (!stream.write(chunk)) await new Promise((resolve) => stream.once("drain", resolve));
     await say("all written"); stream.end();`,
    { timeoutMs: 60_000 },
  );
  const { body, result } = await stream(target);
  let read = 0;
  let readWhenWritten: number | undefined;
  void heard("all written").then(() => (readWhenWritten = read));
  for await (const part of body) {
    read += part.length;
    if (readWhenWritten !== undefined && waiting.has("all written")) await letGo("all written");
    // Slower than a function that nothing holds.
    else if (read % 16 === 0) await new Promise((resolve) => void setTimeout(resolve, 1));
  }
  expect(read).toBe(total);
  // What lies in the kernel's buffers on both sides, at most.
  expect(total - readWhenWritten!).toBeLessThan(24 * 1024 * 1024);
  expect((await result).functionError).toBeUndefined();
});

test("a reader that leaves does not hold the function up", async () => {
  const target = await node(
    `for (let count = 0; count < 600; count++) if (!stream.write(Buffer.alloc(65536))) await new Promise((resolve) => stream.once("drain", resolve));
     stream.end(); console.log("went on");`,
    { timeoutMs: 30_000 },
  );
  const { body, result } = await stream(target);
  for await (const _ of body) break;
  const over = await result;
  expect(over.functionError).toBeUndefined();
  expect(over.logTail.toString()).toContain("went on");
});

test("what is over the limit of a stream", async () => {
  const own = await startTestEngine({ streamLimits: { ...engineLimits.stream, totalBytes: 100_000 } });
  try {
    const code = `exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("a".repeat(90000)); stream.write("b".repeat(20000)); stream.end(); });`;
    const { body, result } = await own.engine.invokeStreaming(await own.target({ "index.js": code }), {
      requestId: "r",
      invokedFunctionArn: "arn",
      payload: Buffer.from("{}"),
      traceId: "Root=1",
    });
    expect((await readAll(body)).length).toBeLessThanOrEqual(100_000);
    expect(answer(await result)).toEqual({
      errorType: "Function.ResponseSizeTooLarge",
      errorMessage: "Response payload size exceeded maximum allowed payload size (100000 bytes).",
    });
  } finally {
    await own.close();
  }
});

test("the engine's end in the midst of a stream reaches its reader", async () => {
  const own = await startTestEngine();
  try {
    const code = `exports.handler = awslambda.streamifyResponse(async (event, stream) => { stream.write("some"); await new Promise((resolve) => setTimeout(resolve, 60_000)); });`;
    const { body, result } = await own.engine.invokeStreaming(await own.target({ "index.js": code }, { timeoutMs: 60_000 }), {
      requestId: "r",
      invokedFunctionArn: "arn",
      payload: Buffer.from("{}"),
      traceId: "Root=1",
    });
    const reader = readerOf(body);
    expect(await textOf(reader)).toBe("some");
    const closing = own.engine.close(0);
    await expect(reader.next()).rejects.toMatchObject({ code: "interrupted" });
    await expect(result).rejects.toMatchObject({ code: "interrupted" });
    await closing;
  } finally {
    await own.close();
  }
});

/** A custom runtime on plain HTTP by Python's standard library; what it says of each event is the test's. */
const custom = (say: string): Promise<FunctionTarget> =>
  t.target(
    {
      bootstrap: `#!/usr/bin/env -S python3 -u
import base64, http.client, json, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
def answer(path, body, headers={}, **more):
    api.request("POST", "/2018-06-01/runtime/invocation/" + path, body, headers, **more)
    got = api.getresponse()
    return got.status, json.loads(got.read())
def stream(id, chunks, trailers=b"", **headers):
    api.putrequest("POST", "/2018-06-01/runtime/invocation/%s/response" % id)
    for name, value in {"Lambda-Runtime-Function-Response-Mode": "streaming", "Transfer-Encoding": "chunked", **headers}.items():
        api.putheader(name, value)
    api.endheaders()
    for chunk in chunks:
        api.send(b"%x\\r\\n%s\\r\\n" % (len(chunk), chunk))
    api.send(b"0\\r\\n" + trailers + b"\\r\\n")
    got = api.getresponse()
    return got.status, json.loads(got.read())
while True:
    api.request("GET", "/2018-06-01/runtime/invocation/next")
    got = api.getresponse()
    event, id = json.loads(got.read()), got.headers["Lambda-Runtime-Aws-Request-Id"]
${say.replace(/^/gm, "    ")}
`,
    },
    { runtime: "provided.al2023" },
  );

test("a custom runtime streams by plain HTTP, and is told what it does wrong", async () => {
  const target = await custom(`
if event == "again":
    answer(id + "/response", json.dumps(said).encode())
    continue
said = [stream("other", [b"a", b"b"])]
said.append(stream(id, [b"one ", b"two"], **{"Content-Type": "text/x"}))
said.append(stream(id, [b"three"]))
said.append(answer(id + "/response", b"4"))
said.append(answer(id + "/error", b"{}"))`);
  const { contentType, body, result } = await stream(target);
  expect(contentType).toBe("text/x");
  expect(await readAll(body)).toBe("one two");
  expect((await result).functionError).toBeUndefined();
  const invalidState = [403, { errorMessage: "State transition is not allowed", errorType: "InvalidStateTransition" }];
  expect(answer(await t.invoke(target, "again"))).toEqual([
    [400, { errorMessage: "Invalid request ID", errorType: "InvalidRequestID" }],
    [202, { status: "OK" }],
    invalidState,
    invalidState,
    invalidState,
  ]);
});

test("a custom runtime's error in the midst, as trailers", async () => {
  const target = await custom(`
error = base64.b64encode(json.dumps({"errorType": "My.Kind", "errorMessage": "why"}).encode())
stream(id, [b"some"], b"Lambda-Runtime-Function-Error-Type: My.Kind\\r\\nLambda-Runtime-Function-Error-Body: " + error + b"\\r\\n")`);
  const { body, result } = await stream(target);
  expect(await readAll(body)).toBe("some");
  const over = await result;
  expect(answer(over)).toEqual({ errorType: "My.Kind", errorMessage: "why" });
  expect(over.logTail.toString()).toContain("\tStatus: error\tError Type: My.Kind\t");
  expect(answer(await t.invoke(target))).toEqual({ errorType: "My.Kind", errorMessage: "why" });
});

test("a response that is broken off, and a mode that there is none of", async () => {
  const target = await custom(`
if event == "mode":
    print(answer(id + "/response", b"1", {"Lambda-Runtime-Function-Response-Mode": "fast"}))
else:
    api.putrequest("POST", "/2018-06-01/runtime/invocation/%s/response" % id)
    api.putheader("Lambda-Runtime-Function-Response-Mode", "streaming")
    api.putheader("Transfer-Encoding", "chunked")
    api.endheaders()
    api.send(b"4\\r\\nsome\\r\\n8\\r\\nha")
    api.close()`);
  const { body, result } = await stream(target);
  expect(await readAll(body)).toBe("someha");
  expect(answer(await result)).toMatchObject({ errorType: "Runtime.TruncatedResponse" });
  const failed = await t.invoke(target, "mode");
  expect(answer(failed)).toMatchObject({ errorType: "Runtime.InvalidResponseModeHeader" });
  expect(failed.logTail.toString()).toContain(
    "(400, {'errorMessage': 'Invalid function response mode', 'errorType': 'InvalidFunctionResponseMode'})",
  );
});
