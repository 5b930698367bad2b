import type { HostileCase } from "../case.ts";

const refused = ["EPERM", "ENOSYS"] as const;
const allRefused = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, refused]));

/** Reaching into the kernel, or changing what the whole machine shares. */
export const kernelCases: readonly HostileCase[] = [
  {
    name: "use the kernel's keyrings",
    heldBy: ["filter"],
    python: `
from attack import *
def handler(event, context):
    return outcomes({
        "add a key": lambda: call("add_key", b"user", b"mayfly", b"x", 1, -4),
        "read the session's": lambda: call("keyctl", 11, -3, 0, 0),
        "join a session": lambda: call("keyctl", 1, b"mayfly", 0, 0),
        "request a key": lambda: call("request_key", b"user", b"mayfly", 0, 0),
    })
`,
    ends: { answers: allRefused(["add a key", "read the session's", "join a session", "request a key"]) },
  },
  {
    name: "load code into the kernel",
    heldBy: ["filter"],
    python: `
from attack import *
def handler(event, context):
    return outcomes({
        "bpf": lambda: call("bpf", 0, ctypes.create_string_buffer(128), 128),
        "a module": lambda: call("init_module", b"x", 1, b""),
        "a module's file": lambda: call("finit_module", os.open("/usr/bin/env", os.O_RDONLY), b"", 0),
        "remove a module": lambda: call("delete_module", b"loop", 0),
        "another kernel": lambda: call("kexec_load", 0, 0, 0, 0),
        "perf": lambda: call("perf_event_open", ctypes.create_string_buffer(128), 0, -1, -1, 0),
        "io_uring": lambda: call("io_uring_setup", 8, ctypes.create_string_buffer(128)),
        "userfaultfd": lambda: call("userfaultfd", 0),
        "fanotify": lambda: call("fanotify_init", 0, 0),
    })
`,
    ends: {
      answers: allRefused([
        "bpf",
        "a module",
        "a module's file",
        "remove a module",
        "another kernel",
        "perf",
        "io_uring",
        "userfaultfd",
        "fanotify",
      ]),
    },
  },
  {
    name: "set the clock",
    heldBy: ["filter", "capabilities"],
    python: `
import time
from attack import *
def handler(event, context):
    now = (ctypes.c_long * 2)(0, 0)
    return outcomes({
        "clock_settime": lambda: time.clock_settime(time.CLOCK_REALTIME, 0),
        "settimeofday": lambda: call("settimeofday", now, 0),
        "adjtimex": lambda: call("adjtimex", (ctypes.c_int * 64)(1)),
        "clock_adjtime": lambda: call("clock_adjtime", 0, (ctypes.c_int * 64)(1)),
        "the hardware's": lambda: os.open("/dev/rtc", os.O_RDWR),
    })
`,
    ends: { answers: { ...allRefused(["clock_settime", "settimeofday", "adjtimex", "clock_adjtime"]), "the hardware's": "ENOENT" } },
  },
  {
    name: "rename the machine",
    heldBy: ["filter", "names"],
    python: `
import socket
from attack import *
def handler(event, context):
    return {**outcomes({
        "host": lambda: call("sethostname", b"owned", 5),
        "domain": lambda: call("setdomainname", b"owned", 5),
        "by sysctl": lambda: write("/proc/sys/kernel/hostname"),
    }), "its name": socket.gethostname()}
`,
    ends: { answers: { ...allRefused(["host", "domain"]), "by sysctl": ["EROFS", "EACCES", "EPERM"], "its name": "sandbox" } },
  },
  {
    name: "write to /proc and /sys",
    heldBy: ["proc", "capabilities"],
    python: `
from attack import *
PATHS = ("sys/kernel/core_pattern", "sys/kernel/modprobe", "sys/kernel/panic", "sys/vm/overcommit_memory", "sys/vm/drop_caches", "sys/net/ipv4/ip_forward",
         "sys/user/max_user_namespaces", "sys/fs/binfmt_misc/register", "sysrq-trigger", "irq/default_smp_affinity", "1/oom_score_adj", "1/mem", "self/uid_map",
         "self/attr/current", "self/projid_map", "acpi/wakeup", "bus/pci/devices", "fs/jbd2", "mtrr")
def handler(event, context):
    # Opened only: what is hidden is /dev/null, which would take it.
    said = [(path, outcome(lambda: os.open("/proc/" + path, os.O_WRONLY))) for path in PATHS]
    hidden = [path for path, word in said if word == "done" and os.stat("/proc/" + path).st_rdev == os.stat("/dev/null").st_rdev]
    # Opening an own attribute is allowed to everybody; the kernel refuses the write.
    own = [path for path, word in said if word == "done" and path.startswith("self/") and outcome(write, "/proc/" + path, b"0 0 1\\n") != "done"]
    return {"writable": sorted(path for path, word in said if word == "done" and path not in hidden + own) or "none", "/sys": outcome(os.listdir, "/sys")}
`,
    ends: { answers: { writable: "none", "/sys": "ENOENT" } },
  },
  {
    name: "make devices and reach those of the host",
    heldBy: ["dev", "capabilities", "readOnly"],
    python: `
import fcntl, stat, termios
from attack import *
def handler(event, context):
    return outcomes({
        "a disk": lambda: os.mknod("/tmp/disk", 0o666 | stat.S_IFBLK, os.makedev(254, 0)),
        "memory": lambda: os.mknod("/tmp/mem", 0o666 | stat.S_IFCHR, os.makedev(1, 1)),
        "in /dev": lambda: os.mknod("/dev/null2", 0o666 | stat.S_IFCHR, os.makedev(1, 3)),
        "another /dev/null": lambda: os.unlink("/dev/null"),
        "permissions of /dev/null": lambda: os.chmod("/dev/null", 0),
        "type into a terminal": lambda: fcntl.ioctl(0, termios.TIOCSTI, b"x"),
        "the console's selection": lambda: fcntl.ioctl(0, 0x541c, b"\\x02" + b"\\0" * 15),
    })
`,
    ends: {
      answers: {
        "a disk": "EPERM",
        memory: "EPERM",
        "in /dev": ["EROFS", "EPERM", "EACCES"],
        "another /dev/null": ["EROFS", "EPERM", "EACCES", "EBUSY"],
        "permissions of /dev/null": ["EROFS", "EPERM", "EACCES"],
        "type into a terminal": ["EPERM", "ENOTTY"],
        "the console's selection": ["EPERM", "ENOTTY"],
      },
    },
  },
  {
    name: "shut the machine down, swap, account, read its log",
    heldBy: ["filter", "capabilities"],
    python: `
from attack import *
def handler(event, context):
    return outcomes({
        # Without its magic numbers reboot would be refused by the kernel itself.
        "reboot": lambda: call("reboot", 0xfee1dead, 672274793, 0, 0),
        "swap": lambda: call("swapon", b"/tmp/swap", 0),
        "accounting": lambda: call("acct", b"/tmp/acct"),
        "the kernel's log": lambda: call("syslog", 3, ctypes.create_string_buffer(64), 64),
        "quotas": lambda: call("quotactl", 0x80000700, b"/dev/vda", 0, 0),
        "hang up the terminal": lambda: call("vhangup"),
        "no randomised addresses": lambda: call("personality", 0x40000),
    })
`,
    ends: {
      answers: allRefused([
        "reboot",
        "swap",
        "accounting",
        "the kernel's log",
        "quotas",
        "hang up the terminal",
        "no randomised addresses",
      ]),
    },
  },
  {
    name: "reach the processor's ports and descriptor tables",
    heldBy: ["filter"],
    only: "x64",
    python: `
from attack import *
def handler(event, context):
    return outcomes({"iopl": lambda: call("iopl", 3), "modify_ldt": lambda: call("modify_ldt", 0, ctypes.create_string_buffer(64), 64)})
`,
    ends: { answers: allRefused(["iopl", "modify_ldt"]) },
  },
  {
    name: "place and move memory of others",
    heldBy: ["filter", "pids"],
    python: `
from attack import *
def handler(event, context):
    mask = ctypes.c_ulong(1)
    return outcomes({
        "migrate_pages": lambda: call("migrate_pages", 1, 64, ctypes.byref(mask), ctypes.byref(mask)),
        "move_pages": lambda: call("move_pages", 1, 0, 0, 0, 0, 0),
        "set_mempolicy": lambda: call("set_mempolicy", 2, ctypes.byref(mask), 64),
        "mbind": lambda: call("mbind", 0, 4096, 2, ctypes.byref(mask), 64, 0),
    })
`,
    ends: { answers: allRefused(["migrate_pages", "move_pages", "set_mempolicy", "mbind"]) },
  },
  {
    name: "crash for a core dump",
    heldBy: ["rlimits", "killing"],
    python: `
import ctypes, resource
def handler(event, context):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except (ValueError, OSError):
        pass
    import os
    os.chdir("/tmp")
    ctypes.string_at(0)
`,
    ends: { error: "Runtime.ExitError", message: /signal: segmentation fault$/ },
    verify({ result }) {
      if (/core dumped/.test(result.logTail.toString())) throw new Error("It dumped its core.");
    },
  },
];
