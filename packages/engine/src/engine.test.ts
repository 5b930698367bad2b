import { readdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import type { Socket } from "node:net";
import { join } from "node:path";
import { parentProcesses, readProcFile } from "@mayfly/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFootprint } from "../hostile/leftovers.ts";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget } from "./types.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine({ awsConnection: (socket) => void socket.end("mayfly") });
});
afterAll(() => t.close());

const environmentsOf = (target: FunctionTarget) => t.engine.environments().filter(({ targetId }) => targetId === target.id);
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => void setTimeout(resolve, 5));
};

test("a timeout ends the environment, not before the deadline; the next event gets a new one", async () => {
  const code = "import time\ndef handler(e, c):\n    print('in')\n    time.sleep(30 if e.get('slow') else 0)\n    return 'ok'\n";
  const target = await t.target({ "index.py": code }, { timeoutMs: 1_000 });
  const result = await t.invoke(target, { slow: true }, { requestId: "r" });
  expect(answer(result)).toEqual({ errorType: "Sandbox.Timedout", errorMessage: "RequestId: r Error: Task timed out after 1.00 seconds" });
  expect(result.report.durationMs).toBeGreaterThanOrEqual(1_000);
  expect(result.logTail.toString()).toMatch(
    /\nin\n\d{4}-\S+Z r Task timed out after 1\.00 seconds\n\nEND RequestId: r\nREPORT .*\tStatus: timeout\t\n$/,
  );
  expect(answer(await t.invoke(target))).toBe("ok");
});

test("INIT that fails runs again within the invocation", async () => {
  const result = await t.invoke(await t.target({ "index.py": "raise RuntimeError('at import')" }), {}, { requestId: "r" });
  expect(answer(result)).toMatchObject({ errorType: "RuntimeError", errorMessage: "at import", requestId: "" });
  const kinds = t.logs.get(result.logStreamName)!.map((line) => line.split(/[ \t]/)[0]);
  expect(kinds).toEqual(["INIT_START", "[ERROR]", "INIT_REPORT", "[ERROR]", "INIT_REPORT", "START", "END", "REPORT"]);
  expect(result.logTail.toString()).toContain("\tPhase: invoke\tStatus: error\tError Type: RuntimeError\n");
});

test("one invocation at a time, more environments with load, reuse when warm", async () => {
  // None of three is let go before all three run.
  const running: Socket[] = [];
  const own = await startTestEngine({
    awsConnection: (socket) => {
      running.push(socket);
      if (running.length >= 3) for (const one of running) one.end();
    },
  });
  try {
    const code =
      "import socket\ndef handler(e, c):\n    socket.create_connection(('127.0.0.1', 4566)).recv(1)\n    return c.log_stream_name\n";
    const target = await own.target({ "index.py": code });
    const streams = await Promise.all([1, 2, 3].map(async () => answer(await own.invoke(target))));
    expect(new Set(streams).size).toBe(3);
    expect(streams).toContain(answer(await own.invoke(target)));
    expect(own.engine.environments()).toHaveLength(3);
  } finally {
    await own.close();
  }
});

test("events that are soon over share environments instead of starting one each", async () => {
  const target = await t.target({ "index.py": "def handler(e, c):\n    return c.log_stream_name\n" }, { memorySizeMb: 1_769 });
  await t.invoke(target);
  const answers = await Promise.all(Array.from({ length: 64 }, async () => answer(await t.invoke(target))));
  expect(new Set(answers).size).toBeLessThan(32);
});

test("retired environments end, busy ones when they are done", async () => {
  const target = await t.target({ "index.py": "import time\ndef handler(e, c):\n    time.sleep(0.3)\n    return 1\n" });
  await t.invoke(target);
  const busy = t.invoke(target);
  await until(() => environmentsOf(target)[0]?.state === "invoking");
  t.engine.retire(target.id);
  expect(answer(await busy)).toBe(1);
  await until(() => environmentsOf(target).length === 0);
});

test("credentials that end soon are not used for a further event", async () => {
  const target = await t.target({ "index.py": "def handler(e, c):\n    return c.log_stream_name\n" });
  const before = t.credentials;
  t.credentials = { ...before, expiresAtMs: Date.now() + 1_000 };
  const first = answer(await t.invoke(target));
  t.credentials = before;
  expect(answer(await t.invoke(target))).not.toBe(first);
});

test("port 4566 inside leads to the hook", async () => {
  const code = "import socket\ndef handler(e, c):\n    return socket.create_connection(('127.0.0.1', 4566)).recv(100).decode()\n";
  expect(answer(await t.invoke(await t.target({ "index.py": code })))).toBe("mayfly");
});

test("a runtime without an interpreter", async () => {
  const result = await t.invoke(await t.target({ "index.rb": "" }, { runtime: "ruby3.4" }), {}, { requestId: "r" });
  expect(answer(result)).toEqual({
    errorType: "Runtime.InvalidRuntime",
    errorMessage:
      "RequestId: r Error: This machine has no interpreter for ruby3.4 or a newer version of it. To install one: mayfly runtimes install ruby3.4",
  });
});

test("a client of plain HTTP meets the Runtime API as AWS describes it", async () => {
  // The client is a function's module itself: it takes over before the bootstrap asks for its first event.
  const code = `
import http.client, json, os
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
def call(method, path, body=None, headers={}, **more):
    api.request(method, "/2018-06-01/runtime/" + path, body, headers, **more)
    answer = api.getresponse()
    return answer.status, answer.read(), answer.headers
said = []
while True:
    status, event, head = call("GET", "invocation/next")
    id = head["Lambda-Runtime-Aws-Request-Id"]
    said.append([status, head["Lambda-Runtime-Invoked-Function-Arn"], int(head["Lambda-Runtime-Deadline-Ms"]) > 0, json.loads(event)])
    said.append(call("POST", "invocation/wrong/response", b"1")[:2])
    said.append(call("POST", "init/error", b"{}")[:2])
    said.append(call("GET", "invocation/next")[:2])
    said.append(call("GET", "nothing")[0])
    body = json.dumps(said, default=lambda b: json.loads(b) if b[:1] == b"{" else b.decode()).encode()
    assert call("POST", "invocation/%s/response" % id, iter([body[:10], body[10:]]), {"Expect": "100-continue"}, encode_chunked=True)[0] == 202
    assert call("POST", "invocation/%s/response" % id, b"1")[0] == 403
`;
  const target = await t.target({ "index.py": code });
  const state = { errorMessage: "State transition is not allowed", errorType: "InvalidStateTransition" };
  expect(answer(await t.invoke(target, { n: 1 }))).toEqual([
    [200, "arn:aws:lambda:us-east-1:123456789012:function:hello", true, { n: 1 }],
    [400, { errorMessage: "Invalid request ID", errorType: "InvalidRequestID" }],
    [403, state],
    [403, state],
    404,
  ]);
});

test("hostile requests end their connection alone", async () => {
  const code = `
import socket
def attempt(data):
    s = socket.create_connection(("127.0.0.1", 9001))
    s.settimeout(5)
    try:
        s.sendall(data)
        return s.recv(100).decode("latin-1").split("\\r\\n")[0]
    except OSError:
        return "reset"
def handler(e, c):
    return [attempt(b"GET / HTTP/1.1\\r\\nA: " + b"x" * 20000), attempt(b"\\x00\\xff\\r\\n\\r\\n"), attempt(b"POST / HTTP/1.1\\r\\nContent-Length: -1\\r\\n\\r\\n"),
            attempt(b"POST / HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n")]
`;
  const said = answer(await t.invoke(await t.target({ "index.py": code }))) as string[];
  expect(said[0]).toMatch(/431|reset/);
  expect(said.slice(1)).toEqual(Array(3).fill("HTTP/1.1 400 Bad Request"));
});

test("an environment that dies while idle is replaced", async () => {
  const target = await t.target({
    "index.py": "import os, threading\ndef handler(e, c):\n    threading.Timer(0.05, lambda: os._exit(7)).start()\n    return 1\n",
  });
  expect(answer(await t.invoke(target))).toBe(1);
  await until(() => environmentsOf(target).length === 0);
  expect(answer(await t.invoke(target))).toBe(1);
});

test("if the process that forks launchers is killed, environments end with it, nothing is left of them, and others are started", async () => {
  const target = await t.target({ "index.py": "import time\ndef handler(e, c):\n    time.sleep(e)\n    return 1\n" });
  expect(answer(await t.invoke(target, 0))).toBe(1);
  const footprint = createFootprint();
  for (const { pid } of t.engine.environments()) footprint.note(pid ?? 0);
  const folders = await readdir(join(t.folder, "environments"));
  const busy = t.invoke(target, 4);
  await until(() => environmentsOf(target)[0]?.state === "invoking");
  const ownChildren = [...parentProcesses()].flatMap(([pid, parent]) => (parent === process.pid ? [pid] : []));
  for (const pid of ownChildren) if (readProcFile(`/proc/${pid}/cmdline`).includes("fork-server")) process.kill(pid, "SIGKILL");
  expect(answer(await busy)).toMatchObject({ errorType: "Runtime.ExitError", errorMessage: expect.stringContaining("signal: killed") });
  expect(answer(await t.invoke(target, 0))).toBe(1);
  await footprint.gone();
  // One that was to wait as a copy, of a zygote that is no more, has been started instead under the same name.
  const mayStay = (name: string): boolean => name === "empty" || name.startsWith("spare-");
  await until(() => readdirSync(join(t.folder, "environments")).every((name) => mayStay(name) || !folders.includes(name)));
});

test("close gives what runs its time, refuses the rest, leaves nothing", async () => {
  const own = await startTestEngine();
  try {
    const target = await own.target({ "index.py": "import time\ndef handler(e, c):\n    time.sleep(e)\n    return 'done'\n" });
    await own.invoke(target, 0);
    const longEnd = own.invoke(target, 4).catch((error: unknown) => error);
    await until(() => own.engine.environments()[0]?.state === "invoking");
    const short = own.invoke(target, 0.3);
    await until(() => own.engine.environments().filter(({ state }) => state === "invoking").length === 2);
    const closing = own.engine.close(1_000);
    await expect(own.invoke(target, 0)).rejects.toMatchObject({ code: "closed" });
    expect(answer(await short)).toBe("done");
    expect(await longEnd).toMatchObject({ code: "interrupted" });
    await closing;
    expect(own.engine.environments()).toEqual([]);
    expect(await readdir(join(own.folder, "environments"))).toEqual([]);
  } finally {
    await own.close();
  }
});
