import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { HostileCase } from "../case.ts";

const readOnly = ["EROFS", "EACCES", "EPERM"] as const;

/** Writing where it must not, and filling what it may. */
export const writeCases: readonly HostileCase[] = [
  {
    name: "write to its code, the runtime, layers and the system",
    heldBy: ["readOnly", "uid"],
    python: `
import shutil, sys
from attack import *
def handler(event, context):
    def by_descriptor():
        fd = os.open("/var/task/index.py", os.O_RDONLY)
        write("/proc/self/fd/%d" % fd)
    return {
        **{"create in " + folder: outcome(lambda: open(folder + "/owned", "w")) for folder in ("/", "/var", "/var/task", "/var/runtime", "/opt", "/usr/bin", "/etc", "/dev", "/proc")},
        **outcomes({
            "change the code": lambda: open("/var/task/index.py", "a"),
            "change it by its descriptor": by_descriptor,
            "remove it": lambda: os.unlink("/var/task/index.py"),
            "rename it": lambda: os.rename("/var/task/index.py", "/var/task/x.py"),
            "put another in its place": lambda: os.symlink("/tmp", "/var/task/attack"),
            "its permissions": lambda: os.chmod("/var/task/index.py", 0o777),
            "its times": lambda: os.utime("/var/task/index.py", (0, 0)),
            "its attributes": lambda: os.setxattr("/var/task/index.py", "user.x", b"x"),
            "the interpreter": lambda: open(os.path.realpath(sys.executable), "r+b"),
            "users": lambda: open("/etc/passwd", "a"),
        }),
    }
`,
    ends: {
      answers: {
        ...Object.fromEntries(
          ["/", "/var", "/var/task", "/var/runtime", "/opt", "/usr/bin", "/etc", "/dev"].map((folder) => [`create in ${folder}`, readOnly]),
        ),
        "create in /proc": [...readOnly, "ENOENT"],
        ...Object.fromEntries(
          [
            "change the code",
            "change it by its descriptor",
            "remove it",
            "rename it",
            "put another in its place",
            "its permissions",
            "its times",
            "its attributes",
          ].map((name) => [name, [...readOnly, "EOPNOTSUPP"]]),
        ),
        "the interpreter": [...readOnly, "ETXTBSY"],
        users: readOnly,
      },
    },
    comesTo: "EROFS",
  },
  {
    name: "hold the code's files by leases and locks",
    heldBy: ["filter", "uid", "readOnly"],
    python: `
import fcntl
from attack import *
def handler(event, context):
    fd = os.open("/var/task/index.py", os.O_RDONLY)
    return outcomes({
        "a write lease": lambda: fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_WRLCK),
        "a read lease": lambda: fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK),
        "a lease on the interpreter": lambda: fcntl.fcntl(os.open("/proc/self/exe", os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_RDLCK),
        "be told of all that happens to a folder": lambda: fcntl.fcntl(os.open("/var/task", os.O_RDONLY), fcntl.F_NOTIFY, 1),
        "a write lock": lambda: fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB),
    })
`,
    ends: {
      answers: {
        "a write lease": "EACCES",
        "a read lease": "EACCES",
        "a lease on the interpreter": "EACCES",
        "be told of all that happens to a folder": "EACCES",
        "a write lock": "EBADF",
      },
    },
  },
  {
    name: "fill /tmp beyond EphemeralStorage",
    heldBy: ["tmpfs"],
    python: `
from attack import *
def fill(path):
    block = b"x" * (1 << 20)
    written = 0
    try:
        with open(path, "wb", buffering=0) as file:
            while True:
                written += file.write(block)
    except OSError as error:
        word = errno.errorcode[error.errno]
    os.unlink(path)
    return word, written >> 20
def handler(event, context):
    word, megabytes = fill("/tmp/filler")
    file = os.open("/tmp/reserved", os.O_CREAT | os.O_WRONLY)
    return {"word": word, "megabytes": megabytes, "reserved at once": outcome(os.posix_fallocate, file, 0, 1 << 40)}
`,
    // Files in /tmp lie in memory and count to the function's.
    target: { ephemeralStorageMb: 512, memorySizeMb: 1_024, timeoutMs: 30_000 },
    ends: { answers: { word: "ENOSPC", megabytes: { atMost: 512 }, "reserved at once": ["ENOSPC", "EFBIG"] } },
    comesTo: "ENOSPC at its size",
  },
  {
    name: "fill /dev/shm",
    heldBy: ["tmpfs"],
    python: `
from attack import *
def handler(event, context):
    block, written = b"x" * (1 << 20), 0
    try:
        with open("/dev/shm/filler", "wb", buffering=0) as file:
            while True:
                written += file.write(block)
    except OSError as error:
        return {"word": errno.errorcode[error.errno], "megabytes": written >> 20}
`,
    target: { memorySizeMb: 256 },
    ends: { answers: { word: "ENOSPC", megabytes: { atMost: 64 } } },
    comesTo: "ENOSPC at 64 MB",
  },
  {
    name: "hide more in /tmp than its memory",
    heldBy: ["memory", "killing"],
    python: `
def handler(event, context):
    block = b"x" * (1 << 20)
    with open("/tmp/filler", "wb", buffering=0) as file:
        for _ in range(400):
            file.write(block)
    return "it held 400 MB"
`,
    target: { memorySizeMb: 128 },
    ends: { error: "Runtime.OutOfMemory" },
    starves: "memory",
    withoutControlGroup: "lost",
  },
  {
    name: "exhaust /tmp's inodes",
    heldBy: ["tmpfs", "memory", "killing"],
    python: `
import os
def handler(event, context):
    folder = 0
    while True:
        os.mkdir("/tmp/%d" % folder)
        for number in range(1000):
            os.mknod("/tmp/%d/%d" % (folder, number))
        folder += 1
`,
    target: { memorySizeMb: 128, timeoutMs: 10_000 },
    ends: { error: ["OSError", "Runtime.OutOfMemory", "Sandbox.Timedout"] },
    comesTo: "ENOSPC at a file for every 16 KB; with bubblewrap its memory limit",
    verify({ payload }, { stage }) {
      // Where nothing counts them, the kernel looks long for memory that it might take back.
      if (stage.support.way === "launcher") assert.match(JSON.stringify(payload), /No space left on device/);
    },
    starves: "files",
    withoutControlGroup: "lost with bubblewrap",
  },
  {
    name: "make a folder tree 20,000 deep, sparse files, pipes and sockets in /tmp",
    heldBy: ["tmpfs"],
    python: `
import socket
from attack import *
def handler(event, context):
    os.chdir("/tmp")
    os.truncate(os.open("sparse", os.O_CREAT | os.O_RDWR), 1 << 42)
    os.mkfifo("pipe")
    socket.socket(socket.AF_UNIX).bind("socket")
    os.symlink("loop", "loop")
    depth = 0
    while depth < 20_000:
        os.mkdir("d")
        os.chdir("d")
        depth += 1
    used = os.statvfs("/tmp")
    return {"depth": depth, "used of the disk": (used.f_blocks - used.f_bfree) * used.f_frsize >> 20}
`,
    ends: { answers: { depth: { atMost: 20_000 }, "used of the disk": { atMost: 16 } } },
    comesTo: "gone with the environment",
    verify(_outcome, { stage }) {
      for (const name of ["sparse", "pipe", "socket", "d"]) assert.equal(existsSync(join("/tmp", name)), false, `/tmp/${name} of the host`);
      assert.equal(existsSync(join(stage.engine.folder, "sparse")), false);
    },
  },
  {
    name: "leave files for the next environment to find",
    heldBy: ["tmpfs", "ipc"],
    python: `
from attack import *
def handler(event, context):
    found = [path for path in ("/tmp/left", "/dev/shm/left") if os.path.exists(path)]
    found += ["shared memory"] if outcome(call, "shmget", 0x6c656674, 0, 0) == "done" else []
    for path in ("/tmp/left", "/dev/shm/left"):
        open(path, "w").write("poison")
    call("shmget", 0x6c656674, 4096, 0o1666)
    if event.get("end"):
        os._exit(1)
    return {"found": ", ".join(found) or "nothing"}
`,
    play: async ({ invoke }) => {
      await invoke({ end: true });
      return invoke();
    },
    ends: { answers: { found: "nothing" } },
  },
];
