import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget, InvocationResult } from "./types.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

const linesOf = ({ logStreamName }: InvocationResult): readonly string[] => t.logs.get(logStreamName)!;
/** Lines as records; what is no JSON becomes one whose type is the line. */
const recordsOf = (result: InvocationResult): Record<string, unknown>[] =>
  linesOf(result).map((line) => (line.startsWith("{") ? (JSON.parse(line) as Record<string, unknown>) : { type: line.trimEnd() }));
const kindsOf = (result: InvocationResult): unknown[] => recordsOf(result).map(({ type, level, log_level }) => type ?? level ?? log_level);

test("console lines carry time, request and level; a message of several lines is one event", async () => {
  const target = await t.target({
    "index.mjs": "export const handler = async () => { console.log('one\\ntwo'); console.error('%d', 3); process.stdout.write('raw\\n') }",
  });
  const result = await t.invoke(target, {}, { requestId: "req-1" });
  const messages = t.logs.get(result.logStreamName)!;
  expect(messages[0]).toMatch(
    /^INIT_START Runtime Version: nodejs:24\.\d+\.\d+\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}\n$/,
  );
  expect(messages[1]).toBe("START RequestId: req-1 Version: $LATEST\n");
  expect(messages[2]).toMatch(/^\d{4}-.*Z\treq-1\tINFO\tone\ntwo\n$/);
  expect(messages[3]).toMatch(/Z\treq-1\tERROR\t3\n$/);
  expect(messages[4]).toBe("raw\n");
  expect(messages[5]).toBe("END RequestId: req-1\n");
  expect(messages[6]).toMatch(
    /^REPORT RequestId: req-1\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t(Max Memory Used: \d+ MB\t)?Init Duration: \d+\.\d\d ms\t\n$/,
  );
  expect(messages).toHaveLength(7);
  expect(result.logTail.toString()).toBe(messages.slice(1).join(""));
});

test("JSON logs", async () => {
  const target = await t.target(
    { "index.mjs": "export const handler = async () => { console.debug('no'); console.warn('yes') }" },
    { logFormat: "JSON" },
  );
  const result = await t.invoke(target, {}, { requestId: "req-2" });
  const records = t.logs.get(result.logStreamName)!.map((message) => JSON.parse(message) as Record<string, unknown>);
  expect(records.map((record) => record["type"] ?? record["level"])).toEqual([
    "platform.initStart",
    "platform.start",
    "WARN",
    "platform.report",
  ]);
  expect(records[2]).toMatchObject({ requestId: "req-2", message: "yes" });
});

test("levels: those of the code's own lines, printed ones too, and those of the platform's", async () => {
  const code = `export const handler = async (event) => {
    for (const level of ["trace", "debug", "info", "warn", "error", "fatal"]) console[level](level);
    const timestamp = new Date().toISOString();
    for (const level of ["debug", "Warn"]) process.stdout.write(JSON.stringify({ level, timestamp, printed: true }) + "\\n");
    process.stdout.write("plain\\n");
    if (event.fail) throw new Error("no");
  }`;
  const linesOf = async (applicationLogLevel: "TRACE" | "WARN", systemLogLevel: "DEBUG" | "WARN", event = {}): Promise<unknown[]> => {
    const target = await t.target({ "index.mjs": code }, { logFormat: "JSON", applicationLogLevel, systemLogLevel });
    const lines = t.logs.get((await t.invoke(target, event)).logStreamName)!;
    return lines.map((line) => {
      if (line === "plain\n") return "plain";
      const { type, level } = JSON.parse(line) as Record<string, unknown>;
      return type ?? level;
    });
  };
  const init = ["platform.initStart", "platform.initRuntimeDone", "platform.initReport", "platform.start"];
  const own = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "debug", "Warn", "plain"];
  const done = ["platform.runtimeDone", "platform.report"];
  expect(await linesOf("TRACE", "DEBUG")).toEqual([...init, ...own, ...done]);
  expect(await linesOf("WARN", "WARN")).toEqual(["WARN", "ERROR", "FATAL", "Warn"]);
  expect(await linesOf("WARN", "WARN", { fail: true })).toEqual(["WARN", "ERROR", "FATAL", "Warn", "ERROR", ...done]);
});

test("JSON logs of errors and of what JSON can't hold", async () => {
  const code = String.raw`export const handler = async () => {
    console.error(Object.assign(new TypeError("one"), { code: 7 }));
    console.warn("two:", new RangeError("three"), { a: 1 });
    const loop = {}; loop.loop = loop;
    console.info(loop);
    console.info({ nested: { error: new Error("four") } });
  }`;
  const result = await t.invoke(await t.target({ "index.mjs": code }, { logFormat: "JSON" }));
  const [first, second, third, fourth] = recordsOf(result).filter(({ level }) => level !== undefined);
  expect(first?.["message"]).toMatchObject({ errorType: "TypeError", errorMessage: "one", code: 7 });
  expect(second).toMatchObject({ errorType: "RangeError", errorMessage: "three" });
  expect(second?.["message"]).toMatch(/^two: RangeError: three\n/);
  expect(third?.["message"]).toContain("[Circular *1]");
  expect(fourth?.["message"]).toMatchObject({ nested: { error: { errorType: "Error", errorMessage: "four" } } });
});

test("JSON logs of Python: a record with what was added to it, an exception's trace, an error that nobody caught", async () => {
  const code = String.raw`import logging
log = logging.getLogger("mine")
def handler(e, c):
    log.debug("no")
    log.info("one\ntwo", extra={"order": 7})
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("caught")
    print("plain")
    raise KeyError("k")
`;
  const result = await t.invoke(await t.target({ "index.py": code }, { logFormat: "JSON" }), {}, { requestId: "r" });
  expect(kindsOf(result)).toEqual(
    "platform.initStart platform.start INFO ERROR plain ERROR platform.runtimeDone platform.report".split(" "),
  );
  const [, , info, caught, , uncaught] = recordsOf(result);
  const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string;
  expect(info).toEqual({ timestamp, level: "INFO", message: "one\ntwo", logger: "mine", requestId: "r", order: 7 });
  expect(caught).toMatchObject({ message: "caught", errorType: "ZeroDivisionError", errorMessage: "division by zero" });
  expect(caught).toMatchObject({ location: "/var/task/index.py:handler:9" });
  expect(String(caught?.["stackTrace"])).toMatch(/^ {2}File "\/var\/task\/index.py", line 7, in handler/);
  expect(uncaught).toMatchObject({ log_level: "ERROR", errorType: "KeyError", requestId: "r" });
});

test("AWS_LAMBDA_LOG_LEVEL of the function's own bounds plain text, too, as in AWS's runtimes", async () => {
  const environment = { AWS_LAMBDA_LOG_LEVEL: "error" };
  const node = await t.target(
    { "index.mjs": "export const handler = async () => { console.warn('no'); console.error('yes') }" },
    { environment },
  );
  const code = "import logging\ndef handler(e, c):\n    logging.warning('no')\n    logging.error('yes')\n";
  for (const target of [node, await t.target({ "index.py": code }, { environment })]) {
    expect(linesOf(await t.invoke(target)).slice(2, -2)).toEqual([expect.stringMatching(/ERROR.*\tyes\n$/) as string]);
  }
});

test("a message stays one event with its own carriage returns, beside what others print", async () => {
  const code = String.raw`import { execFileSync } from "node:child_process";
  export const handler = async () => {
    console.log("one\r\ntwo\rthree");
    execFileSync("/bin/sh", ["-c", "echo child; printf unended"], { stdio: "inherit" });
    console.log("x".repeat(300_000));
    process.stdout.write(Buffer.from([0xa5, 0x5a, 0x00, 0x07, 0xff]));
  }`;
  const result = await t.invoke(await t.target({ "index.mjs": code }));
  const texts = linesOf(result)
    .slice(2, -2)
    .map((line) => line.split("\t").at(-1)!);
  expect(texts.slice(0, 3)).toEqual(["one\r\ntwo\rthree\n", "child\n", "unended\n"]);
  expect(
    texts
      .slice(3, 5)
      .map((text) => text.trimEnd())
      .join(""),
  ).toBe("x".repeat(300_000));
  expect(texts).toHaveLength(6);
});

test("print of Python and its log keep their order, whoever writes", async () => {
  const code = String.raw`import logging, os, subprocess, sys
def handler(e, c):
    for n in range(100):
        print("print", n, end="\n" if n % 2 else "")
        logging.error("log %d", n)
        os.write(1, b"write %d\n" % n)
`;
  const result = await t.invoke(await t.target({ "index.py": code }));
  const texts = linesOf(result)
    .slice(2, -2)
    .map((line) => line.split("\t").at(-1)!.trimEnd());
  expect(texts).toEqual(Array.from({ length: 100 }, (_, n) => [`print ${n}`, `log ${n}`, `write ${n}`]).flat());
});

const millionBytes = (end: string): Promise<FunctionTarget> =>
  t.target({
    "index.mjs": String.raw`import { writeSync } from "node:fs";
    export const handler = async () => {
      for (let line = 0; line < 10_000; line++) writeSync(1 + (line % 2), String(line).padStart(6, "0") + "x".repeat(93) + "\n");
      ${end};
    }`,
  });

test.each([
  ["kills itself", "process.kill(process.pid, 'SIGKILL')"],
  ["exits", "process.exit(3)"],
  ["runs out of memory", "Buffer.alloc(400 * 1024 * 1024, 1)"],
  ["answers", "return 1"],
])("a function that writes a megabyte and then %s loses nothing of it", async (_name, end) => {
  const result = await t.invoke(await millionBytes(end));
  const lines = linesOf(result).filter((line) => line.endsWith("xxx\n"));
  expect(lines, `it ended with ${result.payload.toString().slice(0, 500)}`).toHaveLength(10_000);
  for (const rest of [0, 1]) {
    const numbers = lines.map((line) => Number(line.slice(0, 6))).filter((line) => line % 2 === rest);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }
});
