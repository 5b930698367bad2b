import { waitFor } from "@mayfly/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine({ cpu: "shared" });
});
afterAll(() => t.close());

/** A function with an extension in a thread of its own; `body` says what it does with each event. */
const extended = (body: string, handler = "    return list(seen)", more = ""): string => `
import http.client, json, os, threading, time
def call(method, path, body=None, headers={}):
    api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    api.request(method, "/2020-01-01/extension/" + path, body, headers)
    got = api.getresponse()
    return got.status, json.loads(got.read()), got.headers
def register(name, events=("INVOKE",), **headers):
    return call("POST", "register", json.dumps({"events": list(events)}), {"Lambda-Extension-Name": name, **headers})
seen = []
registered = register("mine", **{"Lambda-Extension-Accept-Feature": "accountId"})
id = {"Lambda-Extension-Identifier": registered[2]["Lambda-Extension-Identifier"]}
${more}
def serve():
    while True:
        event = call("GET", "event/next", headers=id)[1]
${body.replace(/^/gm, "        ")}
threading.Thread(target=serve, daemon=True).start()
def handler(e, c):
${handler}
`;
const readyLine = "EXTENSION\tName: mine\tState: Ready\tEvents: [INVOKE]\n";

test("an extension hears of each event; its line is in the log before START", async () => {
  const handler = `    while len(seen) < e: time.sleep(0.001)\n    return [registered[1], seen[-1], call("POST", "register", "{}", {"Lambda-Extension-Name": "late"})[:2]]`;
  const target = await t.target({ "index.py": extended("seen.append(event)", handler) });
  const first = await t.invoke(target, 1, { requestId: "r1" });
  const event = {
    eventType: "INVOKE",
    deadlineMs: expect.any(Number) as unknown,
    requestId: "r1",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:hello",
    tracing: { type: "X-Amzn-Trace-Id", value: expect.stringContaining("Root=1-") as unknown },
  };
  const closed = [403, { errorMessage: "Extension registration closed already", errorType: "Extension.RegistrationClosed" }];
  const told = { functionName: "hello", functionVersion: "$LATEST", handler: "index.handler", accountId: "123456789012" };
  expect(answer(first)).toEqual([told, event, closed]);
  expect(answer(await t.invoke(target, 2, { requestId: "r2" }))).toEqual([told, { ...event, requestId: "r2" }, closed]);
  const log = t.logs.get(first.logStreamName)!;
  expect(log.indexOf(readyLine)).toBe(log.findIndex((line) => line.startsWith("START")) - 1);
});

test("INIT waits for the extension, and so does the next event, but no answer", async () => {
  const code = extended(
    "time.sleep(0.3)\nopen('/tmp/done', 'a').write('x')",
    "    return os.path.exists('/tmp/done') and open('/tmp/done').read()",
    "time.sleep(0)",
  )
    .replace("def serve():\n", "def serve():\n    time.sleep(0.3)\n    open('/tmp/ready', 'w')\n")
    .replace("    return os.path", "    if not os.path.exists('/tmp/ready'): raise Exception('INIT did not wait')\n    return os.path");
  const target = await t.target({ "index.py": code });
  const isIdle = () =>
    waitFor("the environment to be idle", () =>
      t.engine.environments().some(({ targetId, state }) => targetId === target.id && state === "idle"),
    );
  expect(answer(await t.invoke(target))).toBe(false);
  await isIdle();
  expect(answer(await t.invoke(target))).toBe("x");
  await isIdle();
  expect(answer(await t.invoke(target))).toBe("xx");
});

test("an extension that does not come back is part of the timeout", async () => {
  const target = await t.target({ "index.py": extended("time.sleep(60)") }, { timeoutMs: 3_000 });
  const result = await t.invoke(target);
  expect(answer(result)).toEqual([]);
  await waitFor("the environment's end", () => t.engine.environments().every(({ targetId }) => targetId !== target.id));
  expect(t.logs.get(result.logStreamName)).toContainEqual(expect.stringMatching(/^REPORT .*\tStatus: timeout\t\n$/));
});

test("what is refused", async () => {
  const more = `
said = [
    register("mine"), register(""), register("x", ["SHUTDOWN"]), register("x", ["OTHER"]), call("POST", "register", "{", {"Lambda-Extension-Name": "x"}),
    call("GET", "event/next"), call("GET", "event/next", headers={"Lambda-Extension-Identifier": "x"}),
    call("GET", "event/next", headers={"Lambda-Extension-Identifier": "00000000-0000-0000-0000-000000000000"}),
    call("POST", "exit/error", "{}", id), call("POST", "other"),
]
for n in range(9): register("n%d" % n, [])
said.append(register("one too many"))
raise Exception(json.dumps([[s, b["errorType"]] for s, b, _ in said]))`;
  const result = await t.invoke(await t.target({ "index.py": extended("pass", "    pass", more) }, { timeoutMs: 3_000 }));
  const { errorMessage } = answer(result) as { errorMessage: string };
  expect(JSON.parse(errorMessage)).toEqual([
    [403, "Extension.InvalidExtensionState"],
    [403, "Extension.InvalidExtensionName"],
    [403, "Extension.InvalidEventType"],
    [403, "Extension.InvalidEventType"],
    [403, "InvalidRequestFormat"],
    [403, "Extension.MissingExtensionIdentifier"],
    [403, "Extension.InvalidExtensionIdentifier"],
    [403, "Extension.UnknownExtensionIdentifier"],
    [403, "Extension.MissingHeader"],
    [404, "NotFound"],
    [403, "Extension.TooManyExtensions"],
  ]);
});

test("with an extension the runtime is told to end, and has time to", async () => {
  const own = await startTestEngine({
    cpu: "shared",
    awsConnection: (socket) => void socket.once("data", (word) => words.push(word.toString())),
  });
  const words: string[] = [];
  try {
    const more = `
import signal, socket, sys
def bye(*_):
    socket.create_connection(("127.0.0.1", 4566)).sendall(b"bye")
    os._exit(0)
signal.signal(signal.SIGTERM, bye)`;
    const target = await own.target({ "index.py": extended("pass", "    return 1", more) });
    expect(answer(await own.invoke(target))).toBe(1);
    own.engine.retire(target.id);
    while (own.engine.environments().length > 0) await new Promise((resolve) => void setTimeout(resolve, 5));
    expect(words).toEqual(["bye"]);
  } finally {
    await own.close();
  }
});
