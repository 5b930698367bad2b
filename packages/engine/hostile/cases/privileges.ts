import type { HostileCase } from "../case.ts";

const refused = ["EPERM", "ENOSYS"] as const;
const allRefused = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, refused]));

/** Becoming more than it is. */
export const privilegeCases: readonly HostileCase[] = [
  {
    name: "become root by system call",
    heldBy: ["capabilities", "uid"],
    python: `
from attack import *
def handler(event, context):
    return {
        **outcomes({
            "setuid": lambda: os.setuid(0),
            "setresuid": lambda: os.setresuid(0, 0, 0),
            "setgid": lambda: os.setgid(0),
            "setgroups": lambda: os.setgroups([0]),
            "capset": lambda: call("capset", (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[0xffffffff] * 6)),
            "an ambient capability": lambda: call("prctl", 47, 2, 21, 0, 0),
            "keeping capabilities": lambda: call("prctl", 28, 1 << 4, 0, 0, 0),
        }),
        "capabilities": sum(int(line.split()[1], 16) for line in open("/proc/self/status") if line.startswith("Cap")),
    }
`,
    ends: {
      answers: {
        ...Object.fromEntries(["setuid", "setresuid", "setgid", "setgroups"].map((name) => [name, ["EPERM", "EINVAL"]])),
        ...allRefused(["capset", "an ambient capability", "keeping capabilities"]),
        capabilities: { atMost: 0 },
      },
    },
    comesTo: "EPERM",
  },
  {
    name: "become root by a setuid program, the system's or its own",
    heldBy: ["noNewPrivileges", "readOnly", "tmpfs"],
    python: `
import shutil, stat, subprocess
from attack import *
def handler(event, context):
    programs = [p for p in ("/usr/bin/su", "/usr/bin/mount", "/usr/bin/passwd", "/usr/bin/sudo") if os.path.exists(p) and os.stat(p).st_mode & stat.S_ISUID]
    # glibc's linker shows what the kernel told it of the identity, but not in a program that really changed it.
    show = lambda p: subprocess.run([p, "--version"], env={"LD_SHOW_AUXV": "1"}, capture_output=True, text=True).stdout
    shown = [show(p) for p in programs] if "AT_SECURE" in show("/usr/bin/env") else []
    raised = [text for text in shown if "AT_SECURE:            0" not in text or "AT_EUID:              0" in text]
    shutil.copy("/usr/bin/env", "/tmp/own")
    mode = outcome(os.chmod, "/tmp/own", 0o6755)
    return {"raised": len(raised), "own": mode,
            "flags": [path for path in ("/usr", "/tmp", "/var/task", "/") if not os.statvfs(path).f_flag & os.ST_NOSUID] or "all nosuid",
            "new privileges": open("/proc/self/status").read().split("NoNewPrivs:\\t")[1][0],
            "file capability": outcome(os.setxattr, "/tmp/own", "security.capability", b"\\x01\\0\\0\\x02" + b"\\xff" * 16)}
`,
    ends: {
      answers: {
        raised: { atMost: 0 },
        own: ["done", "EPERM"],
        flags: "all nosuid",
        "new privileges": "1",
        "file capability": ["EPERM", "EOPNOTSUPP"],
      },
    },
    comesTo: "they run as the function's own user",
  },
  {
    name: "make a namespace in which it is root",
    heldBy: ["filter"],
    python: `
import subprocess
from attack import *
def handler(event, context):
    kinds = {"user": NEW_USER, "mount": NEW_MOUNT, "pid": NEW_PID, "network": NEW_NET, "ipc": NEW_IPC, "uts": NEW_UTS, "cgroup": NEW_CGROUP, "time": NEW_TIME}
    class clone_arguments(ctypes.Structure):
        _fields_ = [(name, ctypes.c_uint64) for name in "flags pidfd child_tid parent_tid exit_signal stack stack_size tls set_tid set_tid_size cgroup".split()]
    arguments = clone_arguments(flags=NEW_USER | NEW_MOUNT, exit_signal=17)
    return {
        **{"unshare " + name: outcome(call, "unshare", flag) for name, flag in kinds.items()},
        "clone": outcome(call, "clone", NEW_USER | 17, 0, 0, 0, 0),
        "clone with the upper half set": outcome(call, "clone", NEW_USER | 17 | 1 << 40, 0, 0, 0, 0),
        "clone3": outcome(call, "clone3", ctypes.byref(arguments), ctypes.sizeof(arguments)),
        "the program": "refused" if subprocess.run(["unshare", "-Ur", "true"], capture_output=True).returncode else "done",
        "setns": outcome(lambda: call("setns", os.open("/proc/self/ns/user", os.O_RDONLY), 0)),
        "setns by process": outcome(lambda: call("setns", call("pidfd_open", 1, 0), NEW_NET)),
        "a uid map": outcome(write, "/proc/self/uid_map", b"0 0 1"),
    }
`,
    ends: {
      answers: {
        ...allRefused(["user", "mount", "pid", "network", "ipc", "uts", "cgroup", "time"].map((name) => `unshare ${name}`)),
        ...allRefused(["clone", "clone with the upper half set", "clone3", "setns", "setns by process"]),
        "the program": "refused",
        "a uid map": ["EPERM", "EACCES"],
      },
    },
  },
  {
    name: "mount, unmount and remount",
    heldBy: ["filter", "capabilities"],
    python: `
from attack import *
def handler(event, context):
    return outcomes({
        "tmpfs": lambda: call("mount", b"none", b"/tmp", b"tmpfs", 0, 0),
        "proc": lambda: call("mount", b"proc", b"/tmp", b"proc", 0, 0),
        "remount writable": lambda: call("mount", 0, b"/var/task", 0, 0x1020, 0),
        "bind": lambda: call("mount", b"/", b"/tmp", 0, 0x1000, 0),
        "unmount": lambda: call("umount2", b"/proc", 2),
        "fsopen": lambda: call("fsopen", b"tmpfs", 0),
        "open_tree": lambda: call("open_tree", -100, b"/", 1),
        "move_mount": lambda: call("move_mount", -100, b"/proc", -100, b"/tmp", 0),
        "mount_setattr": lambda: call("mount_setattr", -100, b"/var/task", 0, (ctypes.c_uint64 * 4)(0, 1, 0, 0), 32),
        "fspick": lambda: call("fspick", -100, b"/", 0),
        "pivot_root": lambda: call("pivot_root", b"/tmp", b"/tmp"),
        "chroot": lambda: os.chroot("/tmp"),
    })
`,
    ends: {
      answers: allRefused(
        "tmpfs|proc|remount writable|bind|unmount|fsopen|open_tree|move_mount|mount_setattr|fspick|pivot_root|chroot".split("|"),
      ),
    },
  },
  {
    name: "leave by chroot and a kept descriptor",
    heldBy: ["filter", "root"],
    python: `
from attack import *
def handler(event, context):
    kept = os.open("/", os.O_RDONLY)
    os.mkdir("/tmp/jail")
    refused = outcome(os.chroot, "/tmp/jail")
    os.fchdir(kept)
    for _ in range(64):
        os.chdir("..")
    return {"chroot": refused, "the root's own": "function's" if os.path.exists("/var/task/index.py") else "another",
            "the secret": outcome(os.stat, "." + event["secretFile"])}
`,
    ends: { answers: { chroot: refused, "the root's own": "function's", "the secret": "ENOENT" } },
  },
  {
    name: "run a program that lies in memory only",
    heldBy: ["noNewPrivileges", "filter", "capabilities"],
    python: `
import shutil
from attack import *
def handler(event, context):
    fd = outcome(call, "memfd_create", b"x", 0)
    if fd != "done":
        return {"program": fd, "new privileges": "1", "filter": "2", "capabilities": 0}
    fd = call("memfd_create", b"hidden", 0)
    with open("/usr/bin/cat", "rb") as program, os.fdopen(fd, "wb", closefd=False) as memory:
        shutil.copyfileobj(program, memory)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(writer, 1)
        os.execve(fd, ["cat", "/proc/self/status"], {})
    os.close(writer)
    status = os.fdopen(reader).read()
    os.waitpid(child, 0)
    value = lambda name: status.split(name + ":\\t")[1].split("\\n")[0]
    return {"program": "ran", "new privileges": value("NoNewPrivs"), "filter": value("Seccomp"), "capabilities": int(value("CapEff"), 16) + int(value("CapBnd"), 16)}
`,
    ends: { answers: { program: ["ran", "EPERM", "ENOSYS"], "new privileges": "1", filter: "2", capabilities: { atMost: 0 } } },
    comesTo: "it runs as confined as the function itself",
  },
  {
    name: "lift the filter by one of its own",
    heldBy: ["filter", "noNewPrivileges"],
    python: `
from attack import *
def handler(event, context):
    def try_it():
        # One instruction: allow. Filters add up; the strictest answer counts.
        allow = ctypes.create_string_buffer(b"\\x06\\0\\0\\0\\0\\0\\xff\\x7f")
        class program(ctypes.Structure):
            _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]
        call("prctl", 22, 2, ctypes.byref(program(1, ctypes.addressof(allow))), 0, 0)
        call("ptrace", 0, 0, 0, 0)
    return {
        "its own filter": in_child(try_it),
        "strict mode, to leave it": outcome(call, "prctl", 22, 0, 0, 0, 0),
        "new privileges again": outcome(call, "prctl", 38, 0, 0, 0, 0),
    }
`,
    ends: {
      answers: {
        "its own filter": refused,
        "strict mode, to leave it": [...refused, "EINVAL"],
        "new privileges again": [...refused, "EINVAL"],
      },
    },
  },
  {
    name: "call the kernel by its 32-bit entry",
    heldBy: ["filter"],
    only: "x64",
    python: `
import ctypes, mmap
def handler(event, context):
    # mov eax, 20 (getpid); int 0x80; ret
    code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(bytes.fromhex("b814000000cd80c3"))
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
`,
    ends: { error: "Runtime.ExitError", message: /signal: bad system call$/ },
  },
  {
    name: "call the kernel by x32 numbers",
    heldBy: ["filter"],
    only: "x64",
    python: `
from attack import *
def x32(number):
    ctypes.set_errno(0)
    if libc.syscall(ctypes.c_long(0x40000000 | number), 0, 0, 0, 0, 0, 0) == -1:
        raise OSError(ctypes.get_errno(), "x32")
def handler(event, context):
    return outcomes({"getpid": lambda: x32(39), "ptrace": lambda: x32(521), "mount": lambda: x32(165)})
`,
    ends: { answers: allRefused(["getpid", "ptrace", "mount"]) },
  },
];
