import assert from "node:assert/strict";
import type { HostileCase } from "../case.ts";

/** Bodies of others' making: what they answer is never taken for something else. */
export const runtimeApiCases: readonly HostileCase[] = [
  {
    name: "answer another function's request, or one that is not its own",
    heldBy: ["session"],
    python: `
from attack import *
def post(name, kind="response", body=b'"stolen"'):
    return ask(b"POST /2018-06-01/runtime/invocation/%s/%s HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: %d\\r\\n\\r\\n" % (name.encode(), kind.encode(), len(body)) + body)
def handler(event, context):
    return {
        "the neighbour's": post(event["neighbourRequestId"]),
        "the neighbour's error": post(event["neighbourRequestId"], "error"),
        "an invented one": post("00000000-0000-0000-0000-000000000000"),
        "a path": post("../../invocation/" + context.aws_request_id),
        "INIT's error, too late": ask(b"POST /2018-06-01/runtime/init/error HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 2\\r\\n\\r\\n{}"),
        "another event": ask(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n"),
    }
`,
    ends: {
      answers: {
        "the neighbour's": "400",
        "the neighbour's error": "400",
        "an invented one": "400",
        "a path": ["400", "404"],
        "INIT's error, too late": "403",
        "another event": "403",
      },
    },
  },
  {
    name: "be told the variables of another function, as a process that waits in the pool is",
    heldBy: ["session"],
    python: `
from attack import *
def handler(event, context):
    said = {ask(b"%s /mayfly/assignment HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n" % method) for method in (b"GET", b"POST") for _ in range(5)}
    return {"answers": ", ".join(sorted(said)), "secrets": len([value for value in os.environ.values() if event["neighbourSecret"] in value])}
`,
    ends: { answers: { answers: "404", secrets: { atMost: 0 } } },
    comesTo: "404",
  },
  {
    name: "send a header of 1 MB, an endless one, and 4,000 headers",
    heldBy: ["bounds"],
    python: `
from attack import *
def endless():
    connection = runtime_api()
    connection.settimeout(5)
    sent = 0
    try:
        connection.sendall(b"GET / HTTP/1.1\\r\\nX: ")
        while sent < 1 << 30:
            sent += connection.send(b"x" * 65536)
    except OSError:
        pass
    return sent >> 20
def handler(event, context):
    return {
        "1 MB": ask(b"GET / HTTP/1.1\\r\\nX: " + b"x" * (1 << 20) + b"\\r\\n\\r\\n"),
        "4,000 headers": ask(b"GET / HTTP/1.1\\r\\n" + b"a: b\\r\\n" * 4000 + b"\\r\\n"),
        "megabytes of the endless one that were taken": endless(),
    }
`,
    ends: {
      answers: {
        "1 MB": ["431", "closed"],
        "4,000 headers": ["431", "closed"],
        "megabytes of the endless one that were taken": { atMost: 64 },
      },
    },
  },
  {
    name: "hold connections open and trickle bytes (slow-loris)",
    heldBy: ["bounds"],
    python: `
import select, time
from attack import *
def handler(event, context):
    connections = []
    for _ in range(400):
        connection = runtime_api()
        try:
            connection.sendall(b"POST /2018-06-01/runtime/invocation/x/response HTTP/1.1\\r\\nX")
        except OSError:
            pass
        connections.append(connection)
    # What is over the bound is closed at once.
    for _ in range(100):
        alive = [c for c in connections if not closed(c)]
        if len(alive) <= 64:
            break
        time.sleep(0.05)
    return {"connections": len(alive)}
def closed(connection):
    readable, _, _ = select.select([connection.fileno()], [], [], 0) if connection.fileno() < 1024 else ([], [], [])
    return outcome(connection.recv, 1) != "done" or True if readable else False
`,
    ends: { answers: { connections: { atMost: 64 } } },
    comesTo: "64 connections at most",
  },
  {
    name: "send what is no HTTP",
    heldBy: ["bounds"],
    python: `
from attack import *
POST = b"POST /2018-06-01/runtime/invocation/x/response HTTP/1.1\\r\\nHost: x\\r\\n"
REQUESTS = {
    "noise": bytes(range(256)) * 80,
    "NULs": b"\\0" * 65536,
    "no version": b"GET /\\r\\n\\r\\n",
    "TLS": b"\\x16\\x03\\x01\\x02\\0\\x01\\0\\x01\\xfc\\x03\\x03" + b"\\0" * 20000,
    "HTTP/2": b"PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n" + b"\\0" * 64,
    "negative length": POST + b"Content-Length: -1\\r\\n\\r\\n",
    "length of words": POST + b"Content-Length: many\\r\\n\\r\\n",
    "length beyond numbers": POST + b"Content-Length: 99999999999999999999\\r\\n\\r\\n",
    "coding that nobody knows": POST + b"Transfer-Encoding: gzip, chunked\\r\\n\\r\\n0\\r\\n\\r\\n",
    "chunk of no size": POST + b"Transfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n",
    "chunk longer than it says": POST + b"Transfer-Encoding: chunked\\r\\n\\r\\n1\\r\\nabc\\r\\n",
    "chunk's endless extension": POST + b"Transfer-Encoding: chunked\\r\\n\\r\\n1;" + b"x" * 65536,
    "header without a name": b"GET / HTTP/1.1\\r\\n: x\\r\\n\\r\\n",
    "unknown path": b"GET /2018-06-01/runtime/../../etc/passwd HTTP/1.1\\r\\n\\r\\n",
    "unknown method": b"DELETE /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\n\\r\\n",
}
def handler(event, context):
    said = {name: ask(request) for name, request in REQUESTS.items()}
    return {"taken for good": [name for name, status in said.items() if status not in ("400", "404", "405", "413", "431", "closed")] or "none", "tried": len(said)}
`,
    ends: { answers: { "taken for good": "none", tried: { atLeast: 15 } } },
  },
  {
    name: "send an endless body, many at a time",
    heldBy: ["bounds", "responseLimit"],
    python: `
import threading
from attack import *
def send(total, size):
    connection = runtime_api()
    try:
        connection.sendall(b"POST /2018-06-01/runtime/invocation/x/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 999999999999\\r\\n\\r\\n")
        for _ in range(total // size):
            connection.sendall(b"x" * size)
    except OSError:
        pass
def handler(event, context):
    threads = [threading.Thread(target=send, args=(8 << 20, 65536)) for _ in range(32)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return {"itself": "still answers"}
`,
    ends: { answers: { itself: "still answers" } },
    comesTo: "nothing beyond 16 MB is kept",
  },
  {
    name: "ask without end and never read an answer",
    heldBy: ["bounds"],
    python: `
from attack import *
def handler(event, context):
    connection = runtime_api()
    connection.setblocking(False)
    request = b"GET /x HTTP/1.1\\r\\n\\r\\n" * 3000
    sent, waits = 0, 0
    import select
    while sent < 256 << 20:
        _, writable, _ = select.select([], [connection], [], 2)
        if not writable:
            break
        try:
            sent += connection.send(request)
        except OSError:
            break
    return {"megabytes of requests taken": sent >> 20}
`,
    // Every answer is eight times as long as its request; all of them together would be the server's memory.
    ends: { answers: { "megabytes of requests taken": { atMost: 32 } } },
    comesTo: "it is not read on until it reads",
  },
  {
    name: "send a body in chunks of one byte, on many connections",
    heldBy: ["bounds"],
    python: `
import threading, time
from attack import *
CHUNKS = b"1\\r\\nx\\r\\n" * 10000
def send(end):
    connection = runtime_api()
    connection.settimeout(1)
    try:
        connection.sendall(b"POST /2018-06-01/runtime/invocation/x/response HTTP/1.1\\r\\nHost: x\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
        while time.monotonic() < end:
            connection.sendall(CHUNKS)
    except OSError:
        pass
def handler(event, context):
    threads = [threading.Thread(target=send, args=(time.monotonic() + 3,), daemon=True) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join(10) for thread in threads]
    return {"itself": "still answers"}
`,
    ends: { answers: { itself: "still answers" } },
    comesTo: "pieces are put together, and count by what they cost",
  },
  {
    name: "send half a response and hang",
    heldBy: ["deadline", "killing"],
    python: `
import time
from attack import *
def handler(event, context):
    connection = runtime_api()
    connection.sendall(b"POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 100\\r\\n\\r\\n{\\"half\\":" % context.aws_request_id.encode())
    time.sleep(60)
`,
    target: { timeoutMs: 1_000 },
    ends: { error: "Sandbox.Timedout" },
  },
  {
    name: "close its connection to the Runtime API and hang",
    heldBy: ["deadline", "killing"],
    python: `
import os, time
def handler(event, context):
    os.closerange(3, 1024)
    time.sleep(60)
`,
    target: { timeoutMs: 1_000 },
    ends: { error: "Sandbox.Timedout" },
  },
  {
    name: "never ask for its event",
    heldBy: ["deadline", "killing"],
    python: `
import os
os._exit(0)
`,
    ends: { error: "Runtime.ExitError", message: /without providing a reason$/ },
  },
  {
    name: "answer with 7 MB",
    heldBy: ["responseLimit"],
    node: `exports.handler = async () => "x".repeat(7 << 20);`,
    ends: { error: "Function.ResponseSizeTooLarge" },
  },
  {
    name: "answer with what is no UTF-8, no JSON, or nested a million deep",
    heldBy: ["session"],
    python: `
from attack import *
BODIES = {"noise": bytes(range(256)) * 16, "NULs": b"\\0" * 4096, "deep": b"[" * 1000000 + b"]" * 1000000, "nothing": b""}
def handler(event, context):
    body = BODIES[event["kind"]]
    connection = runtime_api()
    connection.sendall(b"POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: %d\\r\\n\\r\\n" % (context.aws_request_id.encode(), len(body)) + body)
    received(connection)
`,
    // The engine hands on the bytes as they are: whoever parses them does so on their own account.
    play: async ({ invoke }) => {
      const sizes: Record<string, number> = {};
      let last = await invoke({ kind: "noise" });
      for (const kind of ["noise", "NULs", "deep", "nothing"]) {
        last = await invoke({ kind });
        assert.equal(last.result.functionError, undefined);
        sizes[kind] = last.result.payload.length;
      }
      return { result: last.result, payload: sizes };
    },
    ends: { answers: { noise: { atLeast: 4096 }, NULs: { atLeast: 4096 }, deep: { atLeast: 2_000_000 }, nothing: { atMost: 0 } } },
    comesTo: "its bytes, as they are",
  },
  {
    name: "report an error whose type forges lines of the log",
    heldBy: ["bounds"],
    python: `
from attack import *
def handler(event, context):
    body = b'{"errorType":"Own","errorMessage":"m"}'
    head = b"POST /2018-06-01/runtime/invocation/%s/error HTTP/1.1\\r\\nHost: x\\r\\nLambda-Runtime-Function-Error-Type: %s\\r\\nContent-Length: %d\\r\\n\\r\\n"
    name = context.aws_request_id.encode()
    print("a line end", ask(head % (name, b"Own\\nREPORT RequestId: forged", len(body)) + body))
    print("a lone return", ask(head % (name, b"Own\\rREPORT RequestId: forged", len(body)) + body))
    print("colours", ask(head % (name, b"Own\\x1b[31m" + b"x" * 4000, len(body)) + body))
`,
    ends: { error: "Own" },
    verify({ result }) {
      const log = result.logTail.toString();
      assert.match(log, /^a line end 400\na lone return 400\ncolours 202$/m);
      assert.doesNotMatch(log, /forged|\p{Cc}\[/u);
    },
  },
];
