import assert from "node:assert/strict";
import type { HostileCase } from "../case.ts";

/** Using up what others need. */
export const resourceCases: readonly HostileCase[] = [
  {
    name: "take 4 GB of memory in one step",
    heldBy: ["memory", "killing"],
    python: `
def handler(event, context):
    data = b"\\x01" * (4 << 30)
    return len(data)
`,
    ends: { error: ["Runtime.OutOfMemory", "MemoryError"] },
    starves: "memory",
    withoutControlGroup: "watched",
  },
  {
    name: "take memory in steps of 1 MB",
    heldBy: ["memory", "killing"],
    node: `
exports.handler = async () => {
  const held = [];
  for (;;) {
    held.push(Buffer.alloc(1 << 20, 1));
    await new Promise((resolve) => setImmediate(resolve));
  }
};
`,
    target: { memorySizeMb: 256 },
    ends: { error: "Runtime.OutOfMemory", message: /signal: killed$/ },
    starves: "memory",
    withoutControlGroup: "watched",
  },
  {
    name: "take memory in children, while it waits for them",
    heldBy: ["memory", "killing"],
    python: `
import os, time
def handler(event, context):
    children = []
    for _ in range(5):
        child = os.fork()
        if child == 0:
            held = [b"\\x01" * (1 << 20) for _ in range(80)]
            time.sleep(2)
            os._exit(0)
        children.append(child)
    killed = sum(os.WIFSIGNALED(os.waitpid(child, 0)[1]) for child in children)
    return {"killed": killed}
`,
    // While one is killed the others ask for memory again and again, which uses up the processor time that would let it end.
    target: { memorySizeMb: 256, timeoutMs: 6_000 },
    ends: [{ error: ["Runtime.OutOfMemory", "Sandbox.Timedout"] }, { answers: { killed: { atLeast: 2 } } }],
    comesTo: "the children are killed, or all, at the latest when its time is over",
    starves: "memory",
    withoutControlGroup: "watched",
  },
  {
    name: "hide memory in files without a name and in shared memory",
    heldBy: ["memory", "killing"],
    python: `
from attack import *
def handler(event, context):
    block = b"\\x01" * (1 << 20)
    kinds = {"file": outcome(call, "memfd_create", b"x", 0), "segment": outcome(call, "shmget", 0, 1 << 20, 0o1600)}
    held = 0
    while held < 1024 and "done" in kinds.values():
        if kinds["file"] == "done":
            os.write(call("memfd_create", b"x", 0), block)
            held += 1
        if kinds["segment"] == "done":
            segment = call("shmget", 0, 1 << 20, 0o1600)
            libc.shmat.restype = ctypes.c_void_p
            address = libc.shmat(segment, 0, 0)
            ctypes.memset(address, 1, 1 << 20)
            libc.shmdt(ctypes.c_void_p(address))
            held += 1
    return {"megabytes": held}
`,
    target: { memorySizeMb: 128 },
    ends: [{ error: "Runtime.OutOfMemory" }, { answers: { megabytes: { atMost: 128 } } }],
    comesTo: "Runtime.OutOfMemory",
    starves: "memory",
    withoutControlGroup: "lost",
  },
  {
    name: "hide memory in pipes and socket buffers",
    heldBy: ["memory", "rlimits", "killing"],
    python: `
import fcntl, socket
from attack import *
def fill(fd):
    os.set_blocking(fd, False)
    total = 0
    try:
        while True:
            total += os.write(fd, b"x" * 65536)
    except OSError:
        return total
def handler(event, context):
    kept, held = [], 0
    try:
        while True:
            reader, writer = os.pipe()
            kept += [reader, writer]
            outcome(fcntl.fcntl, writer, 1031, 1 << 20)
            held += fill(writer)
            if len(kept) >= 400:
                break
        while True:
            one, other = socket.socketpair()
            kept += [one, other]
            outcome(one.setsockopt, socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
            held += fill(one.fileno())
    except OSError as error:
        return {"megabytes": held >> 20, "ended by": errno.errorcode[error.errno]}
`,
    target: { memorySizeMb: 128 },
    ends: [{ error: "Runtime.OutOfMemory" }, { answers: { megabytes: { atMost: 256 }, "ended by": ["EMFILE", "ENFILE", "ENOBUFS"] } }],
    comesTo: "Runtime.OutOfMemory, or EMFILE before it is much",
    starves: "memory",
    withoutControlGroup: "lost",
  },
  {
    name: "hide memory in the buffers of TCP connections",
    heldBy: ["memory", "rlimits", "killing"],
    python: `
import socket
from attack import *
def handler(event, context):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    kept, held = [listener], 0
    block = b"x" * (1 << 20)
    try:
        while True:
            one = socket.create_connection(listener.getsockname())
            other, _ = listener.accept()
            kept += [one, other]
            other.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 30)
            one.setblocking(False)
            try:
                while True:
                    held += one.send(block)
                    if held > 512 << 20:
                        return {"megabytes": held >> 20, "ended by": "itself"}
            except BlockingIOError:
                pass
    except OSError as error:
        return {"megabytes": held >> 20, "ended by": errno.errorcode[error.errno]}
`,
    target: { memorySizeMb: 256 },
    ends: [
      { error: "Runtime.OutOfMemory" },
      { answers: { megabytes: { atMost: 320 }, "ended by": ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"] } },
    ],
    comesTo: "Runtime.OutOfMemory, or EMFILE before it is much",
    starves: "memory",
    withoutControlGroup: "lost",
  },
  {
    name: "fork without end",
    heldBy: ["processes", "memory", "deadline", "killing"],
    python: `
import os
def handler(event, context):
    while True:
        try:
            os.fork()
        except OSError:
            pass
`,
    target: { timeoutMs: 3_000 },
    async play({ invoke }) {
      const startedAt = performance.now();
      const outcome = await invoke();
      // A deadline is no deadline if what it ends goes on until it has been scheduled to die.
      const tookMs = performance.now() - startedAt;
      assert.ok(tookMs < 13_000, `It ended after ${Math.round(tookMs)} ms.`);
      return outcome;
    },
    ends: { error: ["Sandbox.Timedout", "Runtime.OutOfMemory", "Runtime.ExitError"] },
    starves: "processes",
    withoutControlGroup: "lost",
  },
  {
    name: "start threads without end",
    heldBy: ["processes", "memory"],
    python: `
import threading, time
threading.stack_size(65536)
def handler(event, context):
    started = 0
    try:
        while started < 20_000:
            threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
            started += 1
    except RuntimeError:
        pass
    return {"threads": started}
`,
    ends: { answers: { threads: { atMost: 1_024 } } },
    comesTo: "1,024 processes and threads at most",
    starves: "processes",
    withoutControlGroup: "lost",
  },
  {
    name: "open files without end",
    heldBy: ["rlimits"],
    python: `
from attack import *
def handler(event, context):
    kept = 0
    try:
        while True:
            os.open("/dev/null", os.O_RDONLY)
            kept += 1
    except OSError as error:
        return {"files": kept, "ended by": errno.errorcode[error.errno]}
`,
    // The runtime needs one itself for its next event; it has that open already.
    ends: { answers: { files: { atMost: 1_024 }, "ended by": "EMFILE" } },
    comesTo: "EMFILE at 1,024",
  },
  {
    name: "use up event queues, timers, watches and locked memory",
    heldBy: ["rlimits", "memory"],
    python: `
import mmap, select
from attack import *
def count(attempt, most=20_000):
    made = 0
    try:
        while made < most:
            attempt()
            made += 1
    except (OSError, ValueError):
        pass
    return made
def timers():
    identity = ctypes.c_int()
    # SIGEV_NONE: a timer that tells nobody.
    event = (ctypes.c_int * 16)(0, 0, 0, 1)
    call("timer_create", 1, event, ctypes.byref(identity))
def locked():
    area = mmap.mmap(-1, 1 << 20)
    kept.append(area)
    if libc.mlock(ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(area))), ctypes.c_size_t(1 << 20)) != 0:
        raise OSError(ctypes.get_errno(), "mlock")
kept = []
def handler(event, context):
    return {
        "queues": count(lambda: kept.append(select.epoll())),
        "timers": count(timers),
        "locked megabytes": count(locked, 512),
        "large pages": outcome(lambda: mmap.mmap(-1, 1 << 21, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000).write(b"x")),
    }
`,
    ends: {
      answers: {
        queues: { atMost: 1_024 },
        timers: { atMost: 20_000 },
        "locked megabytes": { atMost: 128 },
        "large pages": ["ENOMEM", "done"],
      },
    },
    comesTo: "each ends at its limit",
  },
  {
    name: "spin on every core at 128 MB",
    heldBy: ["deadline", "killing"],
    python: `
import os
def handler(event, context):
    for _ in range(7):
        if os.fork() == 0:
            break
    while True:
        pass
`,
    target: { timeoutMs: 3_000, memorySizeMb: 128 },
    ends: { error: "Sandbox.Timedout" },
  },
  {
    name: "start a program with an environment of megabytes, recurse without end, and divide by nothing",
    heldBy: ["rlimits", "killing"],
    python: `
from attack import *
def handler(event, context):
    def large():
        os.execve("/usr/bin/env", ["env"], {"A": "x" * (256 << 10)})
    def many():
        os.execve("/usr/bin/env", ["env"], {"A%d" % n: "x" * 100_000 for n in range(200)})
    def deep():
        libc.qsort.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t, ctypes.c_void_p]
        comparer = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
        data = (ctypes.c_int * 4)(4, 3, 2, 1)
        def compare(one, other):
            libc.qsort(data, 4, 4, again)
            return 0
        import sys
        sys.setrecursionlimit(10**9)
        again = comparer(compare)
        libc.qsort(data, 4, 4, again)
    return {"one large variable": in_child(large), "many variables": in_child(many), "recursion": in_child(deep)}
`,
    ends: {
      answers: {
        "one large variable": "E2BIG",
        "many variables": "E2BIG",
        recursion: ["killed by 11", "killed by 6", "killed by 9", "RecursionError", "done"],
      },
    },
    comesTo: "E2BIG, a signal in the child",
  },
];
