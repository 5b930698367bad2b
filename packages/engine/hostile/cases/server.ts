import type { Ending } from "../case.ts";
import type { Holder } from "../holders.ts";

/** An attack on a whole server, from within a function that was deployed to it. */
export interface ServerCase {
  readonly name: string;
  readonly heldBy: readonly Holder[];
  /** The function's module; `attack` and `aws` are beside it. */
  readonly python: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ends: Ending;
  readonly comesTo?: string;
}

/** What functions may try with the server that runs them. */
export const serverCases: readonly ServerCase[] = [
  {
    name: "read the keys, the credentials and the database of the server that runs it",
    heldBy: ["root", "proc"],
    python: `
from attack import *
def handler(event, context):
    paths = [event["dataFolder"] + "/" + name for name in ("key", "credentials", "state.db", "hot.db", "address", "sns-signing-key", "code", "unpacked", "sandboxes")]
    found = [path for path in paths if outcome(os.stat, path) == "done" or outcome(os.stat, "/proc/1/root" + path) == "done"]
    return {"found": found or "none", "tried": len(paths)}
`,
    ends: { answers: { found: "none", tried: { atLeast: 8 } } },
  },
  {
    name: "call the server as another, or as nobody",
    heldBy: ["iam"],
    python: `
from aws import *
BODY = b"Action=GetCallerIdentity&Version=2011-06-15"
FORM = {"content-type": "application/x-www-form-urlencoded"}
def call(credentials):
    return ask_server("POST", "/", BODY, "sts", credentials, FORM)[0]
def handler(event, context):
    key, secret, token = OWN
    return {
        "as itself": call(OWN),
        "as the neighbour, its secret guessed": call((event["neighbourKey"], secret, token)),
        "as root, its secret guessed": call((event["rootKey"], "x" * 40, "")),
        "with a token cut short": call((key, secret, token[:-4] + "AAAA")),
        "without its token": call((key, secret, "")),
        "with another's token": call((key, secret, event["neighbourToken"])),
        "unsigned": ask_server("POST", "/", BODY, headers=FORM)[0],
    }
`,
    ends: {
      answers: {
        "as itself": "200",
        ...Object.fromEntries(
          [
            "as the neighbour, its secret guessed",
            "as root, its secret guessed",
            "with a token cut short",
            "without its token",
            "with another's token",
            "unsigned",
          ].map((name) => [name, ["400", "403"]]),
        ),
      },
    },
    comesTo: "403",
  },
  {
    name: "use its own credentials beyond what its role allows",
    heldBy: ["iam"],
    python: `
import json
from aws import *
FORM = {"content-type": "application/x-www-form-urlencoded"}
def iam(action, more=""):
    return ask_server("POST", "/", ("Action=%s&Version=2010-05-08%s" % (action, more)).encode(), "iam", OWN, FORM)[0]
def handler(event, context):
    name = event["neighbourName"]
    return {
        "list users": iam("ListUsers"),
        "make a key": iam("CreateAccessKey"),
        "widen its role": iam("PutRolePolicy", "&RoleName=execution_role&PolicyName=x&PolicyDocument=%7B%7D"),
        "list functions": ask_server("GET", "/2015-03-31/functions/", credentials=OWN)[0],
        "read the neighbour's variables": ask_server("GET", "/2015-03-31/functions/%s/configuration" % name, credentials=OWN)[0],
        "read the neighbour's code": ask_server("GET", "/2015-03-31/functions/%s" % name, credentials=OWN)[0],
        "change the neighbour's code": ask_server("PUT", "/2015-03-31/functions/%s/code" % name, b'{"ZipFile":"eA=="}', credentials=OWN)[0],
        "invoke the neighbour": ask_server("POST", "/2015-03-31/functions/%s/invocations" % name, b"{}", credentials=OWN)[0],
        "take another role": ask_server("POST", "/", b"Action=AssumeRole&Version=2011-06-15&RoleSessionName=xx&RoleArn=arn:aws:iam::123456789012:role/admin", "sts", OWN, FORM)[0],
    }
`,
    ends: {
      answers: Object.fromEntries(
        [
          "list users",
          "make a key",
          "widen its role",
          "list functions",
          "read the neighbour's variables",
          "read the neighbour's code",
          "change the neighbour's code",
          "invoke the neighbour",
          "take another role",
        ].map((name) => [name, "403"]),
      ),
    },
    comesTo: "AccessDenied",
  },
  {
    name: "reset the server, sign in to its console, or guess passwords there",
    heldBy: ["iam"],
    python: `
from aws import *
JSON = {"content-type": "application/json", "sec-fetch-site": "same-origin"}
def handler(event, context):
    guess = b'{"accountId":"123456789012","userName":"admin","password":"guess"}'
    return {
        "reset": ask_server("POST", "/_mayfly/reset")[0],
        "sign in": ask_server("POST", "/_mayfly/signin", b'{"signinToken":"x"}', headers=JSON)[0],
        "another's session": ask_server("POST", "/_mayfly/session/credentials", b"{}", headers={**JSON, "cookie": "mayfly_session=x; session=x"})[0],
        "guesses": ", ".join(sorted({ask_server("POST", "/_mayfly/signin", guess, headers=JSON)[0] for _ in range(12)})),
        "another name for the server": ask_server("GET", "/_mayfly/health", headers={"host": "evil.example"})[0],
    }
`,
    ends: {
      answers: {
        reset: ["403", "404"],
        "sign in": "403",
        "another's session": ["401", "403"],
        guesses: "403",
        "another name for the server": "403",
      },
    },
    comesTo: "403: functions have no console",
  },
  {
    name: "hold thousands of connections to the server open",
    heldBy: ["endpointBounds", "rlimits"],
    python: `
import select, time
from aws import *
def alive(connections):
    poll = select.poll()
    for connection in connections:
        poll.register(connection, select.POLLIN | select.POLLHUP)
    return len(connections) - len(poll.poll(0))
def handler(event, context):
    connections = []
    while len(connections) < 900:
        connection = server()
        try:
            connection.sendall(b"GET / HTTP/1.1\\r\\nHost: 127.0.0.1:4566\\r\\nX")
        except OSError:
            pass
        connections.append(connection)
    # What is over the bound is closed as soon as the server has seen it.
    for _ in range(200):
        if alive(connections) <= 256:
            break
        time.sleep(0.05)
    return {"connections": alive(connections)}
`,
    ends: { answers: { connections: { atMost: 256 } } },
    comesTo: "256 connections at most",
  },
  {
    name: "send the server headers without end, and bodies of megabytes in pieces of one byte",
    heldBy: ["endpointBounds"],
    python: `
import threading, time
from aws import *
def endless():
    connection = server()
    connection.settimeout(5)
    try:
        connection.sendall(b"GET / HTTP/1.1\\r\\nHost: 127.0.0.1:4566\\r\\nX: ")
        for _ in range(1000):
            connection.sendall(b"x" * 65536)
    except OSError:
        pass
    return status_of(received(connection))
def pieces(end):
    connection = server()
    connection.settimeout(1)
    try:
        connection.sendall(b"POST /2015-03-31/functions/x/invocations HTTP/1.1\\r\\nHost: 127.0.0.1:4566\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
        while time.monotonic() < end:
            connection.sendall(b"1\\r\\nx\\r\\n" * 10000)
    except OSError:
        pass
def handler(event, context):
    threads = [threading.Thread(target=pieces, args=(time.monotonic() + 3,), daemon=True) for _ in range(8)]
    [thread.start() for thread in threads]
    [thread.join(10) for thread in threads]
    return {"endless headers": endless()}
`,
    ends: { answers: { "endless headers": ["431", "closed"] } },
  },
  {
    name: "send the server bodies of 60 MB, forty at a time, that never end",
    heldBy: ["endpointBounds"],
    python: `
import threading, time
from aws import *
block = b"x" * (1 << 20)
def send(done):
    connection = server()
    connection.settimeout(10)
    try:
        connection.sendall(b"POST /2015-03-31/functions HTTP/1.1\\r\\nHost: 127.0.0.1:4566\\r\\nContent-Length: 70000000\\r\\n\\r\\n")
        for _ in range(60):
            connection.sendall(block)
    except OSError:
        pass
    done.append(connection)
def handler(event, context):
    done = []
    threads = [threading.Thread(target=send, args=(done,), daemon=True) for _ in range(40)]
    [thread.start() for thread in threads]
    [thread.join(20) for thread in threads]
    return {"sent": len(done)}
`,
    ends: { answers: { sent: { atLeast: 40 } } },
    comesTo: "what is beyond the function's share is read and forgotten",
  },
  {
    name: "be configured so that the launcher, the linker or the runtime turn against the server",
    heldBy: ["environment", "uid", "noNewPrivileges"],
    environment: {
      LD_PRELOAD: "/var/task/attack.py",
      LD_AUDIT: "/var/task/attack.py",
      GLIBC_TUNABLES: "glibc.malloc.mxfast=glibc.malloc.mxfast=A",
      NODE_OPTIONS: "--require /var/task/attack.cjs",
      NODE_CHANNEL_FD: "3",
      PYTHONSTARTUP: "/var/task/attack.py",
      BASH_ENV: "/var/task/attack.py",
      HOME: "/root",
    },
    python: `
from attack import *
def handler(event, context):
    status = open("/proc/self/status").read()
    value = lambda name: status.split(name + ":\\t")[1].split("\\n")[0]
    return {"capabilities": int(value("CapEff"), 16) + int(value("CapPrm"), 16), "filter": value("Seccomp"), "new privileges": value("NoNewPrivs"), "root": outcome(os.setuid, 0)}
`,
    ends: { answers: { capabilities: { atMost: 0 }, filter: "2", "new privileges": "1", root: ["EPERM", "EINVAL"] } },
    comesTo: "it is a function like every other",
  },
];
