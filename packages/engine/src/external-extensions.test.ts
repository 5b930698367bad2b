import { symlink } from "node:fs/promises";
import { waitFor } from "@mayfly/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build, goExtension, whyNotBuilt } from "./testing/build-program.ts";
import { extension, listener } from "./testing/extension.ts";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget, InvocationResult } from "./types.ts";

/** Extensions say words on port 4566, and wait there until the test lets them go on. */
const waiting = new Map<string, () => void>();
let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine({
    cpu: "shared",
    awsConnection: (socket) => void socket.once("data", (word) => waiting.set(word.toString(), () => socket.end("go"))),
  });
});
afterAll(() => t.close());

/** A function with these external extensions. */
async function extended(
  programs: Readonly<Record<string, string | Buffer>>,
  own: Partial<FunctionTarget> & { readonly code?: string } = {},
): Promise<FunctionTarget> {
  const { code = "def handler(e, c): return e\n", ...options } = own;
  const optFolder = await t.folderOf(
    Object.fromEntries(Object.entries(programs).map(([name, content]) => [`extensions/${name}`, content])),
  );
  return t.target({ "index.py": code }, { optFolder, timeoutMs: 20_000, ...options });
}

const logOf = ({ logStreamName }: Pick<InvocationResult, "logStreamName">): string[] => t.logs.get(logStreamName) ?? [];
const stateOf = (target: FunctionTarget): string | undefined =>
  t.engine.environments().find(({ targetId }) => targetId === target.id)?.state;
/** Until its environment takes events again. */
const idle = (target: FunctionTarget) => waitFor("the environment to be idle", () => stateOf(target) === "idle");
const gone = (target: FunctionTarget) => waitFor("the environment's end", () => stateOf(target) === undefined);
const letGo = async (word: string): Promise<void> => {
  await waitFor(`an extension to wait for ${word}`, () => waiting.has(word));
  waiting.get(word)!();
  waiting.delete(word);
};
/** Ends the target's environments as an update does. */
async function retire(target: FunctionTarget): Promise<void> {
  t.engine.retire(target.id);
  await gone(target);
}
const lineIndex = (log: readonly string[], start: string): number => log.findIndex((line) => line.startsWith(start));

test("extensions start first, register, hear of each event and of the end", async () => {
  const first = extension(`
status, told, _ = register("INVOKE", "SHUTDOWN", **{"Lambda-Extension-Accept-Feature": "accountId"})
say("registered", json.dumps(told))
while True:
    event = next_event()
    say(json.dumps(event))
    if event["eventType"] == "SHUTDOWN": break
`);
  const target = await extended({ first, second: listener() }, { code: "print('runtime')\ndef handler(e, c):\n    return e\n" });
  const result = await t.invoke(target, 1, { requestId: "r1" });
  expect(answer(result)).toBe(1);
  await idle(target);
  expect(answer(await t.invoke(target, 2, { requestId: "r2" }))).toBe(2);
  await idle(target);
  const askedAt = Date.now();
  await retire(target);
  const log = logOf(result);
  const told = { functionName: "hello", functionVersion: "$LATEST", handler: "index.handler", accountId: "123456789012" };
  const events = log.filter((line) => line.startsWith("first {")).map((line) => JSON.parse(line.slice("first ".length)) as unknown);
  expect(log).toContain(`first registered ${JSON.stringify(told).replaceAll('":', '": ').replaceAll(',"', ', "')}\n`);
  const invoked = (requestId: string) => ({
    eventType: "INVOKE",
    deadlineMs: expect.any(Number) as unknown,
    requestId,
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:hello",
    tracing: { type: "X-Amzn-Trace-Id", value: expect.stringContaining("Root=1-") as unknown },
  });
  expect(events).toEqual([
    invoked("r1"),
    invoked("r2"),
    { eventType: "SHUTDOWN", shutdownReason: "spindown", deadlineMs: expect.any(Number) as unknown },
  ]);
  const { deadlineMs } = events[2] as { deadlineMs: number };
  expect(deadlineMs).toBeGreaterThanOrEqual(askedAt);
  expect(deadlineMs).toBeLessThanOrEqual(askedAt + 3_000);
  expect(log.filter((line) => line.startsWith("second"))).toEqual([
    "second INVOKE r1\n",
    "second INVOKE r2\n",
    "second SHUTDOWN spindown\n",
  ]);
  expect(lineIndex(log, "first registered")).toBeLessThan(lineIndex(log, "runtime"));
  const start = lineIndex(log, "START RequestId: r1");
  expect(log.slice(start - 2, start)).toEqual([
    "EXTENSION\tName: first\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n",
    "EXTENSION\tName: second\tState: Ready\tEvents: [INVOKE, SHUTDOWN]\n",
  ]);
});

test("the environment of an extension is the function's, without what is the runtime's only", async () => {
  const target = await extended(
    { x: extension(`register()\nsay(json.dumps(dict(os.environ)))\nnext_event()`) },
    { environment: { MINE: "yes" }, memorySizeMb: 256 },
  );
  const log = logOf(await t.invoke(target));
  const line = log.find((text) => text.startsWith("x {"))!;
  const variables = JSON.parse(line.slice(2)) as Record<string, string>;
  expect(variables).toMatchObject({
    MINE: "yes",
    AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9001",
    AWS_LAMBDA_FUNCTION_NAME: "hello",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "ASIATEST",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "token",
  });
  const hidden = /^(_HANDLER|AWS_EXECUTION_ENV|AWS_LAMBDA_LOG_(GROUP|STREAM)_NAME|LAMBDA_(TASK_ROOT|RUNTIME_DIR)|AWS_XRAY_.*)$/;
  expect(Object.keys(variables).filter((name) => hidden.test(name))).toEqual([]);
});

test("in Go, and in bash, which needs no more than its own", async ({ skip }) => {
  const why = await whyNotBuilt(goExtension);
  if (why !== undefined) skip(why);
  const inBash = `#!/bin/bash
set -e
call() { # METHOD PATH HEADER BODY
  exec 3<>"/dev/tcp/\${AWS_LAMBDA_RUNTIME_API%:*}/\${AWS_LAMBDA_RUNTIME_API#*:}"
  printf '%s /2020-01-01/extension/%s HTTP/1.1\\r\\nHost: x\\r\\n%s\\r\\nConnection: close\\r\\nContent-Length: %s\\r\\n\\r\\n%s' "$1" "$2" "$3" "\${#4}" "$4" >&3
  answer=$(tr -d '\\r' <&3); exec 3>&-
}
call POST register "Lambda-Extension-Name: $(basename "$0")" '{"events":["INVOKE","SHUTDOWN"]}'
id=$(grep -i '^Lambda-Extension-Identifier: ' <<<"$answer")
while true; do
  call GET event/next "$id"
  echo "bash heard $(grep -o '"eventType":"[A-Z]*"' <<<"$answer")"
  if grep -q SHUTDOWN <<<"$answer"; then exit 0; fi
done
`;
  const target = await extended({ "go-example": await build(goExtension), sh: inBash });
  const result = await t.invoke(target, "hi", { requestId: "r" });
  expect(answer(result)).toBe("hi");
  await idle(target);
  await retire(target);
  const log = logOf(result);
  expect(log.filter((line) => line.startsWith("[go-example]"))).toEqual([
    "[go-example] extends hello\n",
    "[go-example] INVOKE r<nil>\n",
    "[go-example] SHUTDOWN <nil>spindown\n",
  ]);
  expect(log.filter((line) => line.startsWith("bash"))).toEqual([
    'bash heard "eventType":"INVOKE"\n',
    'bash heard "eventType":"SHUTDOWN"\n',
  ]);
}, 120_000);

test("a slow extension does not slow the answer, but the next event of its environment; its time counts", async () => {
  const target = await extended({ slow: listener("wait(event['requestId'])") });
  const first = await t.invoke(target, "one", { requestId: "r1" });
  expect(answer(first)).toBe("one");
  expect(stateOf(target)).toBe("invoking");
  expect(logOf(first)).toContain("END RequestId: r1\n");
  expect(lineIndex(logOf(first), "REPORT")).toBe(-1);
  // The environment is not free: this event gets another.
  const second = await t.invoke(target, "two", { requestId: "r2" });
  expect(second.logStreamName).not.toBe(first.logStreamName);
  await letGo("r1");
  await idle(target);
  const report = logOf(first).find((line) => line.startsWith("REPORT"))!;
  expect(Number(/\tDuration: ([\d.]+) ms/.exec(report)![1])).toBeGreaterThan(first.report.durationMs);
  const third = await t.invoke(target, "three", { requestId: "r3" });
  expect(third.logStreamName).toBe(first.logStreamName);
  await letGo("r2");
  await letGo("r3");
  await retire(target);
});

test("the whole log is worth waiting for", async () => {
  const target = await extended({ slow: listener("time.sleep(0.3); say('slept')") });
  const { logTail, report } = await t.invoke(target, 1, { requestId: "r", wantsLogTail: true });
  expect(logTail.toString()).toMatch(/START RequestId: r [^]*END RequestId: r\n[^]*slow slept\nREPORT RequestId: r\t/);
  expect(report.durationMs).toBeGreaterThanOrEqual(300);
  expect(stateOf(target)).toBe("idle");
});

test("an extension that does not come back runs into the function's timeout, and hears of it", async () => {
  const hangs = listener("signal.pause()");
  const hears = listener();
  const target = await extended({ hangs, hears }, { timeoutMs: 3_000 });
  const result = await t.invoke(target, 1, { requestId: "r" });
  expect(answer(result)).toBe(1);
  await gone(target);
  const log = logOf(result);
  expect(log).toContainEqual(expect.stringMatching(/^\S+ r Task timed out after 3.00 seconds\n/));
  expect(log).toContainEqual(expect.stringMatching(/^REPORT RequestId: r\t.*\tStatus: timeout\t\n$/));
  expect(log).toContain("hears SHUTDOWN timeout\n");
  expect(log).not.toContain("hangs SHUTDOWN timeout\n");
});

test("a function that times out: its caller knows at once, its extensions hear why and have time", async () => {
  const code = "import time\ndef handler(e, c): time.sleep(60)\n";
  const target = await extended({ x: listener("pass", "wait('end'); say('ended')") }, { code, timeoutMs: 1_000 });
  const result = await t.invoke(target, 1, { requestId: "r" });
  expect(answer(result)).toMatchObject({ errorType: "Sandbox.Timedout" });
  expect(logOf(result)).not.toContain("x ended\n");
  await letGo("end");
  await gone(target);
  expect(logOf(result).filter((line) => line.startsWith("x "))).toEqual(["x INVOKE r\n", "x SHUTDOWN timeout\n", "x ended\n"]);
});

test("a runtime that crashes is a failure to its extensions", async () => {
  const target = await extended({ x: listener() }, { code: "import os\ndef handler(e, c): os._exit(3)\n" });
  const result = await t.invoke(target, 1, { requestId: "r" });
  expect(answer(result)).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: "RequestId: r Error: Runtime exited with error: exit status 3",
  });
  await gone(target);
  expect(logOf(result)).toContain("x SHUTDOWN failure\n");
});

test("the runtime is told to end first; whoever takes too long is killed", async () => {
  const code = `
import signal, time
def bye(*_):
    print("runtime told", flush=True)
signal.signal(signal.SIGTERM, bye)
def handler(e, c): return 1
`;
  const stubborn = listener("pass", "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)");
  const target = await extended({ stubborn, other: listener() }, { code });
  const result = await t.invoke(target);
  await idle(target);
  const before = performance.now();
  await retire(target);
  // AWS's limits are times: 300 ms for the runtime, 2,000 for all.
  expect(performance.now() - before).toBeGreaterThanOrEqual(1_900);
  const log = logOf(result);
  expect(lineIndex(log, "runtime told")).toBeGreaterThan(0);
  expect(lineIndex(log, "runtime told")).toBeLessThan(lineIndex(log, "stubborn SHUTDOWN spindown"));
  expect(log).toContain("other SHUTDOWN spindown\n");
});

test("idle for too long, and the engine's end", async () => {
  const own = await startTestEngine({ cpu: "shared", idleTimeoutMs: 50 });
  const kept = t;
  t = own;
  try {
    const target = await extended({ x: listener() });
    const result = await t.invoke(target);
    await gone(target);
    expect(logOf(result)).toContain("x SHUTDOWN spindown\n");
    const last = await extended({ x: listener("time.sleep(0.2)") });
    const answered = await t.invoke(last);
    await own.engine.close(5_000);
    expect(logOf(answered)).toContain("x SHUTDOWN spindown\n");
    expect(lineIndex(logOf(answered), "REPORT")).toBeLessThan(lineIndex(logOf(answered), "x SHUTDOWN"));
  } finally {
    t = kept;
    await own.close();
  }
});

const reportOf = (errorType: string): RegExp => new RegExp(`^REPORT RequestId: r\\t.*\\tStatus: error\\tError Type: ${errorType}\\t\\n$`);
const initReports = (log: readonly string[]): (string | undefined)[] =>
  log.map((line) => /^INIT_REPORT Init Duration: [\d.]+ ms\t(.*)\n$/.exec(line)?.[1]).filter(Boolean);

test.each([
  ["exits before it registers", "say('bye'); sys.exit(3)", "Extension.Crash", "exit status 3", "State: Started\tEvents: []"],
  ["exits as if all were well", "register('INVOKE')", "Extension.Crash", "exit code 0", "State: Registered\tEvents: [INVOKE]"],
  ["is killed", "os.kill(os.getpid(), 9)", "Extension.Crash", "signal: killed", "State: Started\tEvents: []"],
  [
    "says that its INIT failed",
    "register(); call('POST', 'init/error', '{}', {**ME, 'Lambda-Extension-Function-Error-Type': 'Extension.NoConfig'}); sys.exit(1)",
    "Extension.InitError",
    "exit status 1",
    "State: InitError\tEvents: []\tError Type: Extension.NoConfig",
  ],
])("an extension that %s in INIT", async (_what, body, errorType, words, facts) => {
  const target = await extended({ x: extension(body) });
  const result = await t.invoke(target, 1, { requestId: "r" });
  expect(answer(result)).toEqual({ errorType, errorMessage: `RequestId: r Error: ${words}` });
  expect(result.functionError).toBe("Unhandled");
  const log = logOf(result);
  expect(log.filter((line) => line.startsWith("EXTENSION"))).toEqual([`EXTENSION\tName: x\t${facts}\n`, `EXTENSION\tName: x\t${facts}\n`]);
  expect(initReports(log)).toEqual([
    `Phase: init\tStatus: error\tError Type: ${errorType}`,
    `Phase: invoke\tStatus: error\tError Type: ${errorType}`,
  ]);
  expect(log).toContain(`RequestId: r Error: ${words}\n${errorType}\n`);
  expect(log).toContainEqual(expect.stringMatching(reportOf(errorType)));
  await gone(target);
});

test("an extension that never registers runs into INIT's limit, then the function's", { timeout: 60_000 }, async () => {
  const target = await extended({ x: extension("signal.pause()") }, { timeoutMs: 1_000 });
  const result = await t.invoke(target, 1, { requestId: "r" });
  expect(answer(result)).toEqual({ errorType: "Sandbox.Timedout", errorMessage: "RequestId: r Error: Task timed out after 1.00 seconds" });
  expect(initReports(logOf(result))).toEqual(["Phase: init\tStatus: timeout", "Phase: invoke\tStatus: timeout"]);
});

test("an extension that crashes within an event, before and after the answer, and between events", async () => {
  const crash = "if event['requestId'] == 'r': os._exit(4)";
  const waiting = await extended({ x: listener(crash) }, { code: "import time\ndef handler(e, c): time.sleep(e)\n" });
  const before = await t.invoke(waiting, 60, { requestId: "r" });
  expect(answer(before)).toEqual({ errorType: "Extension.Crash", errorMessage: "RequestId: r Error: exit status 4" });
  expect(logOf(before)).toContainEqual(expect.stringMatching(reportOf("Extension.Crash")));
  await gone(waiting);

  const told = "call('POST', 'exit/error', '{}', {**ME, 'Lambda-Extension-Function-Error-Type': 'X'}); wait('crash'); os._exit(4)";
  const answering = await extended({ x: listener(told), y: listener() });
  const after = await t.invoke(answering, "fine", { requestId: "r" });
  expect([after.functionError, answer(after)]).toEqual([undefined, "fine"]);
  await letGo("crash");
  await gone(answering);
  expect(logOf(after)).toContain("RequestId: r Error: exit status 4\nExtension.ExitError\n");
  expect(logOf(after)).toContainEqual(expect.stringMatching(reportOf("Extension.ExitError")));
  expect(logOf(after)).toContain("y SHUTDOWN failure\n");

  const between = await extended({
    x: extension("register(); pid = os.fork()\nif pid: wait('exit'); os._exit(1)\nnext_event()"),
  });
  const fine = await t.invoke(between, "fine");
  expect(answer(fine)).toBe("fine");
  await letGo("exit");
  await gone(between);
  const again = await t.invoke(between, "again");
  expect(answer(again)).toBe("again");
  expect(again.logStreamName).not.toBe(fine.logStreamName);
});

test.each([
  ["that may not be run", { x: "echo" }, "PermissionDenied", "fork/exec /opt/extensions/x: permission denied"],
  [
    "that is no program",
    { x: "#!/opt/nothing\n" },
    "UnknownError",
    "fork/exec /opt/extensions/x: no such file or directory: it needs the interpreter /opt/nothing",
  ],
  [
    "of the wrong machine",
    {
      x: Buffer.concat([
        Buffer.from("\x7fELF\x02\x01\x01", "latin1"),
        Buffer.alloc(11),
        Buffer.from([process.arch === "x64" ? 183 : 62, 0]),
        Buffer.alloc(64),
      ]),
    },
    "UnknownError",
    `fork/exec /opt/extensions/x: exec format error: it is built for ${process.arch === "x64" ? "arm64" : "x86_64"}, this machine runs ${process.arch === "x64" ? "x86_64" : "arm64"}`,
  ],
  [
    "beyond ten",
    Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`x${String(index).padStart(2, "0")}`, "#!/bin/sh\n"])),
    "TooManyExtensions",
    "ErrTooManyExtensions",
  ],
])("an extension %s is not launched", async (_what, programs, errorType, problem) => {
  const target = await extended(programs);
  const result = await t.invoke(target, 1, { requestId: "r" });
  expect(answer(result)).toEqual({ errorType: "Extension.LaunchError", errorMessage: `RequestId: r Error: ${problem}` });
  const log = logOf(result);
  expect(log[0]).toMatch(/^INIT_START Runtime Version: python:/);
  expect(log[1]).toMatch(new RegExp(`^EXTENSION\\tName: x(10)?\\tState: LaunchError\\tEvents: \\[\\]\\tError Type: ${errorType}\\n$`));
  expect(initReports(log)).toEqual([
    "Phase: init\tStatus: error\tError Type: Extension.LaunchError",
    "Phase: invoke\tStatus: error\tError Type: Extension.LaunchError",
  ]);
  expect(log).toContain(`RequestId: r Error: ${problem}\nExtension.LaunchError\n`);
});

test("what else lies there: a folder is none, an empty folder neither; a link to a program is one", async () => {
  const optFolder = await t.folderOf({ "extensions/library/data": "x", "bin/x": listener() });
  await symlink("../bin/x", `${optFolder}/extensions/linked`);
  const target = await t.target({ "index.py": "def handler(e, c): return e\n" }, { optFolder });
  const result = await t.invoke(target, 1, { requestId: "r" });
  expect(answer(result)).toBe(1);
  await idle(target);
  expect(logOf(result).filter((line) => line.startsWith("linked"))).toEqual(["linked INVOKE r\n"]);
  const none = await t.target(
    { "index.py": "def handler(e, c): return e\n" },
    { optFolder: await t.folderOf({ "extensions/library/data": "x" }) },
  );
  expect(answer(await t.invoke(none, 1))).toBe(1);
});

test("an extension may register once, by its own name; in JSON its line is a record", async () => {
  const body = `
said = [call("POST", "register", json.dumps({"events": ["OTHER"]}), {"Lambda-Extension-Name": NAME})]
register("SHUTDOWN")
said.append(call("POST", "register", "{}", {"Lambda-Extension-Name": NAME}))
said.append(call("POST", "register", json.dumps({"events": ["SHUTDOWN"]}), {"Lambda-Extension-Name": "another"}))
say(json.dumps([[status, body["errorType"]] for status, body, _ in said]))
next_event()
`;
  const target = await extended({ x: extension(body) }, { logFormat: "JSON" });
  const log = logOf(await t.invoke(target));
  expect(log).toContain(
    'x [[403, "Extension.InvalidEventType"], [403, "Extension.InvalidExtensionState"], [403, "Extension.InvalidEventType"]]\n',
  );
  const records = log.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as { type: string; record: unknown });
  expect(records.find(({ type }) => type === "platform.extension")?.record).toEqual({ name: "x", state: "Ready", events: ["SHUTDOWN"] });
});
