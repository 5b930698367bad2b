import assert from "node:assert/strict";
import type { HostileCase } from "../case.ts";

/** Signalling, tracing and outliving. */
export const processCases: readonly HostileCase[] = [
  {
    name: "signal other processes",
    heldBy: ["pids"],
    python: `
import signal
from attack import *
def handler(event, context):
    return outcomes({
        "the server": lambda: os.kill(event["serverPid"], signal.SIGKILL),
        "the server's group": lambda: os.killpg(event["serverPid"], signal.SIGKILL),
        "the neighbour": lambda: os.kill(event["neighbourPid"], signal.SIGSTOP),
        "the neighbour by descriptor": lambda: call("pidfd_open", event["neighbourPid"], 0),
    })
`,
    ends: {
      answers: {
        "the server": "ESRCH",
        "the server's group": "ESRCH",
        "the neighbour": "ESRCH",
        "the neighbour by descriptor": ["ESRCH", "EPERM", "ENOSYS"],
      },
    },
  },
  {
    name: "kill everything that it can reach",
    heldBy: ["pids"],
    python: `
import os, signal, time
def handler(event, context):
    if os.fork() == 0:
        time.sleep(60)
    os.kill(-1, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
`,
    ends: { error: "Runtime.ExitError", message: /signal: killed$/ },
  },
  {
    name: "stop, kill and trace the sandbox's first process",
    heldBy: ["pids", "filter", "proc", "deadline", "killing"],
    python: `
import signal, time
from attack import *
def handler(event, context):
    print("trace", outcome(lambda: call("ptrace", 16, 1, 0, 0)))
    print("memory", outcome(lambda: os.open("/proc/1/mem", os.O_RDWR)))
    print("namespace", outcome(lambda: os.open("/proc/1/ns/mnt", os.O_RDONLY)))
    # The kernel lets a sandbox signal its own first process, and ignores what it has no handler for.
    for number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGSEGV, signal.SIGUSR1, signal.SIGKILL):
        outcome(os.kill, 1, number)
    print("it lives", os.path.exists("/proc/1"))
    time.sleep(60)
`,
    target: { timeoutMs: 1_000 },
    ends: { error: "Sandbox.Timedout" },
    verify({ result }) {
      assert.match(result.logTail.toString(), /trace (EPERM|ENOSYS)\nmemory EACCES\nnamespace EACCES\nit lives True\n/);
    },
  },
  {
    name: "trace, read and write the memory of other processes",
    heldBy: ["filter", "pids"],
    python: `
from attack import *
def handler(event, context):
    class vector(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("size", ctypes.c_size_t)]
    data = ctypes.create_string_buffer(64)
    local, remote = vector(ctypes.addressof(data), 64), vector(0x400000, 64)
    child = os.fork()
    if child == 0:
        import time
        time.sleep(20)
        os._exit(0)
    try:
        return outcomes({
            "attach to the server": lambda: call("ptrace", 16, event["serverPid"], 0, 0),
            "attach to a child": lambda: call("ptrace", 16, child, 0, 0),
            "be traced": lambda: call("ptrace", 0, 0, 0, 0),
            "read the server": lambda: call("process_vm_readv", event["serverPid"], ctypes.byref(local), 1, ctypes.byref(remote), 1, 0),
            "write a child": lambda: call("process_vm_writev", child, ctypes.byref(local), 1, ctypes.byref(remote), 1, 0),
            "take a descriptor": lambda: call("pidfd_getfd", call("pidfd_open", child, 0), 1, 0),
            "compare kernel objects": lambda: call("kcmp", os.getpid(), 1, 0, 0, 0),
            "advise on memory": lambda: call("process_madvise", call("pidfd_open", child, 0), ctypes.byref(remote), 1, 4, 0),
        })
    finally:
        os.kill(child, 9)
`,
    ends: {
      answers: Object.fromEntries(
        [
          "attach to the server",
          "attach to a child",
          "be traced",
          "read the server",
          "write a child",
          "take a descriptor",
          "compare kernel objects",
          "advise on memory",
        ].map((name) => [name, ["EPERM", "ENOSYS"]]),
      ),
    },
  },
  {
    name: "change priority, scheduling, cores or limits of others, or raise its own",
    heldBy: ["pids", "capabilities"],
    python: `
import resource
from attack import *
def handler(event, context):
    realtime = ctypes.c_int(50)
    return outcomes({
        "the server's niceness": lambda: os.setpriority(os.PRIO_PROCESS, event["serverPid"], 19),
        "its own niceness": lambda: os.nice(-5),
        "real time": lambda: call("sched_setscheduler", 0, 1, ctypes.byref(realtime)),
        "real-time disk": lambda: call("ioprio_set", 1, 0, 1 << 13),
        "the server's cores": lambda: call("sched_setaffinity", event["serverPid"], 8, ctypes.byref(ctypes.c_ulong(1))),
        "the server's limits": lambda: resource.prlimit(event["serverPid"], resource.RLIMIT_NOFILE, (1, 1)),
        "more files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (1 << 16, 1 << 16)),
        "core dumps": lambda: resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20)),
        "spared by the memory killer": lambda: write("/proc/self/oom_score_adj", b"-1000"),
    })
`,
    ends: {
      answers: {
        "the server's niceness": "ESRCH",
        "its own niceness": ["EPERM", "EACCES"],
        "real time": "EPERM",
        "real-time disk": "EPERM",
        "the server's cores": "ESRCH",
        "the server's limits": ["ESRCH", "ProcessLookupError"],
        "more files": ["EPERM", "ValueError"],
        "core dumps": ["EPERM", "ValueError"],
        "spared by the memory killer": ["EACCES", "EPERM"],
      },
    },
  },
  {
    name: "daemonise, ignore every signal, and outlive",
    heldBy: ["killing", "pids"],
    python: `
import signal, time
from attack import *
def handler(event, context):
    for child in range(5):
        if os.fork() == 0:
            os.setsid()
            if os.fork() != 0:
                os._exit(0)
            call("prctl", 1, 0, 0, 0, 0)
            for number in range(1, 65):
                outcome(signal.signal, number, signal.SIG_IGN)
            os.closerange(0, 3)
            while True:
                time.sleep(60)
    time.sleep(0.2)
    return {"daemons": len([pid for pid in os.listdir("/proc") if pid.isdigit()]) - 2}
`,
    comesTo: "they end with the environment",
    ends: { answers: { daemons: { atLeast: 5 } } },
    async verify(_outcome, { stage, target }) {
      // The environment itself stays usable; that its end takes the daemons with it is checked of every case.
      if (!stage.engine.engine.environments().some(({ targetId }) => targetId === target.id)) throw new Error("The environment is gone.");
    },
  },
  {
    name: "leave a daemon that waits for the next event in the runtime's place",
    heldBy: ["killing", "session"],
    python: `
import time
from attack import *
def handler(event, context):
    if os.fork() == 0:
        os.setsid()
        import socket
        while True:
            try:
                s = socket.create_connection(("127.0.0.1", 9001))
                s.sendall(b"GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
                head = s.recv(65536).decode()
                name = head.split("Lambda-Runtime-Aws-Request-Id: ")[1].split("\\r\\n")[0]
                body = b'"stolen"'
                s.sendall(b"POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: %d\\r\\n\\r\\n" % (name.encode(), len(body)) + body)
                s.recv(65536)
            except Exception:
                time.sleep(0.01)
    if event.get("end"):
        time.sleep(0.1)
        os._exit(3)
    return {"pid": "here"}
`,
    // Whoever waits in a sandbox answers for that sandbox; once the runtime has ended, nobody of it is left to answer.
    play: async ({ invoke }) => {
      await invoke({ end: true });
      return invoke();
    },
    comesTo: "it ends with the runtime",
    ends: { answers: { pid: "here" } },
  },
  {
    name: "ignore SIGTERM and its deadline",
    heldBy: ["deadline", "killing"],
    node: `
for (const name of ["SIGTERM", "SIGINT", "SIGHUP", "SIGUSR2", "SIGQUIT"]) process.on(name, () => {});
exports.handler = async () => {
  for (;;) await new Promise((resolve) => setTimeout(resolve, 10));
};
`,
    target: { timeoutMs: 1_000 },
    ends: { error: "Sandbox.Timedout", message: /Task timed out after 1\.00 seconds$/ },
  },
  {
    name: "stop itself instead of answering",
    heldBy: ["deadline", "killing"],
    python: `
import os, signal
def handler(event, context):
    os.kill(os.getpid(), signal.SIGSTOP)
`,
    target: { timeoutMs: 1_000 },
    ends: { error: "Sandbox.Timedout" },
  },
  {
    name: "leave zombies behind by the hundred",
    heldBy: ["pids", "killing"],
    python: `
import os, time
def handler(event, context):
    for _ in range(100):
        if os.fork() == 0:
            for _ in range(4):
                if os.fork() == 0:
                    os._exit(0)
            os._exit(0)
    # The grandchildren fall to the first process, which must reap them; the children are its own zombies.
    own = os.getpid()
    for _ in range(200):
        strays = [pid for pid in os.listdir("/proc") if pid.isdigit() and stat(pid)[0] == "Z" and stat(pid)[1] != str(own)]
        if not strays:
            break
        time.sleep(0.02)
    return {"strays": len(strays)}
def stat(pid):
    try:
        return open("/proc/%s/stat" % pid).read().rpartition(")")[2].split()
    except OSError:
        return ["gone", ""]
`,
    comesTo: "they are reaped",
    ends: { answers: { strays: { atMost: 0 } } },
  },
  {
    name: "pretend to be the launcher that failed",
    heldBy: ["killing"],
    python: `
import os, sys
sys.stderr.write("mayfly-launcher: make namespaces: Operation not permitted\\n")
sys.stderr.flush()
os._exit(125)
`,
    ends: { error: "Runtime.ExitError", message: /exit status 125$/ },
  },
];
