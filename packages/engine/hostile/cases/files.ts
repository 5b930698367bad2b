import type { HostileCase } from "../case.ts";

/** Reading what belongs to the host, the server or other functions. */
export const fileCases: readonly HostileCase[] = [
  {
    name: "read the server's data folder",
    heldBy: ["root", "proc"],
    python: `
from attack import *
def handler(event, context):
    path = event["secretFile"]
    return outcomes({
        "by path": lambda: read(path),
        "upwards from /var/task": lambda: read("/var/task/" + "../" * 20 + path),
        "through the first process": lambda: read("/proc/1/root" + path),
        "through itself": lambda: read("/proc/self/root" + path),
        "through its working folder": lambda: read("/proc/self/cwd/" + "../" * 20 + path),
        "its folder": lambda: os.listdir(event["folder"]),
    })
`,
    ends: {
      answers: {
        "by path": "ENOENT",
        "upwards from /var/task": "ENOENT",
        "through the first process": ["EACCES", "ENOENT"],
        "through itself": "ENOENT",
        "through its working folder": "ENOENT",
        "its folder": "ENOENT",
      },
    },
  },
  {
    name: "find the secrets of the host and of others anywhere in its file system",
    heldBy: ["root", "proc", "tmpfs"],
    python: `
from attack import *
def handler(event, context):
    secrets = [event["hostSecret"].encode(), event["neighbourSecret"].encode()]
    found, looked = [], 0
    for folder, folders, names in os.walk("/"):
        folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/usr", "/proc/sys") and name not in ("task", "lib")]
        for name in names:
            path = os.path.join(folder, name)
            try:
                if os.path.getsize(path) > 1 << 20:
                    continue
                fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
                data = os.read(fd, 1 << 20)
                os.close(fd)
            except OSError:
                continue
            looked += 1
            if any(secret in data for secret in secrets):
                found.append(path)
    return {"found": len(found), "looked at": looked}
`,
    comesTo: "finds none",
    ends: { answers: { found: { atMost: 0 }, "looked at": { atLeast: 100 } } },
  },
  {
    name: "read another function's code, environment and /tmp",
    heldBy: ["root", "proc", "pids", "tmpfs"],
    python: `
from attack import *
def handler(event, context):
    environments = [read("/proc/%s/environ" % pid) for pid in os.listdir("/proc") if pid.isdigit() and outcome(read, "/proc/%s/environ" % pid) == "done"]
    return {
        **outcomes({
            "code by path": lambda: os.listdir(event["neighbourCode"]),
            "code beside one's own": lambda: os.listdir("/var/task/../" + os.path.basename(event["neighbourCode"])),
            "/tmp": lambda: read("/tmp/secret-of-neighbour"),
            "its process": lambda: read("/proc/%d/environ" % event["neighbourPid"]),
        }),
        "environments with secrets": sum(event["neighbourSecret"].encode() in each or event["hostSecret"].encode() in each for each in environments),
        "environments": len(environments),
    }
`,
    comesTo: "ENOENT, and only its own processes to look at",
    ends: {
      answers: {
        "code by path": "ENOENT",
        "code beside one's own": "ENOENT",
        "/tmp": "ENOENT",
        "its process": "ENOENT",
        "environments with secrets": { atMost: 0 },
        environments: { atLeast: 1 },
      },
    },
  },
  {
    name: "read the host's homes, settings, sockets and devices",
    heldBy: ["root", "dev"],
    python: `
from attack import *
def handler(event, context):
    return outcomes({path: lambda path=path: os.stat(path) for path in (
        "/root", "/home", "/etc/shadow", "/etc/ssh", "/run/docker.sock", "/var/run/docker.sock", "/run/systemd", "/sys", "/boot", "/var/lib",
        "/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/ptmx", "/dev/mqueue", "/dev/tty", "/dev/console")})
`,
    ends: {
      answers: Object.fromEntries(
        (
          "/root /home /etc/shadow /etc/ssh /run/docker.sock /var/run/docker.sock /run/systemd /sys /boot /var/lib " +
          "/dev/mem /dev/kmsg /dev/sda /dev/vda /dev/kvm /dev/fuse /dev/net/tun /dev/ptmx /dev/mqueue /dev/tty /dev/console"
        )
          .split(" ")
          .map((path) => [path, "ENOENT"]),
      ),
    },
  },
  {
    name: "find an open file of the server's among its own",
    heldBy: ["root"],
    python: `
from attack import *
# A fresh process: what the runtime opened for itself is closed at exec.
LIST = "import os\\nfor fd in sorted(os.listdir('/proc/self/fd'), key=int):\\n  try: print(fd, os.readlink('/proc/self/fd/' + fd))\\n  except OSError: pass"
def handler(event, context):
    import subprocess, sys
    lines = subprocess.run([sys.executable, "-I", "-c", LIST], close_fds=False, stdin=None, capture_output=True, text=True).stdout.splitlines()
    own = {fd: os.readlink("/proc/self/fd/" + fd) for fd in os.listdir("/proc/self/fd") if os.path.lexists("/proc/self/fd/" + fd)}
    strange = [path for path in own.values() if not path.startswith(("/dev/null", "pipe:", "socket:", "anon_inode:", "/proc/"))]
    # Standard output and error may be sockets; one is the runtime's own to the Runtime API.
    return {"strange": len(strange), "handed on": len([line for line in lines if int(line.split()[0]) > 2 and "/proc/" not in line]),
            "sockets": sum(path.startswith("socket:") for fd, path in own.items() if int(fd) > 2)}
`,
    comesTo: "finds none",
    ends: { answers: { strange: { atMost: 0 }, "handed on": { atMost: 0 }, sockets: { atMost: 1 } } },
  },
  {
    name: "take files of the host's by hard link, symbolic link and handle",
    heldBy: ["root", "filter", "tmpfs"],
    python: `
from attack import *
def handler(event, context):
    handle = ctypes.create_string_buffer(b"\\x08\\0\\0\\0\\x01\\0\\0\\0\\x02\\0\\0\\0\\0\\0\\0\\0", 136)
    def through_link():
        os.symlink(event["secretFile"], "/tmp/link")
        read("/tmp/link")
    return outcomes({
        "hard link of the code": lambda: os.link("/var/task/index.py", "/tmp/hard"),
        "hard link of the system's": lambda: os.link("/usr/bin/env", "/tmp/hard"),
        "symbolic link": through_link,
        "handle of the root's inode": lambda: call("open_by_handle_at", os.open("/var/task", os.O_RDONLY), handle, os.O_RDONLY),
        "name to handle": lambda: call("name_to_handle_at", -100, b"/var/task", handle, ctypes.byref(ctypes.c_int()), 0),
    })
`,
    ends: {
      answers: {
        "hard link of the code": ["EXDEV", "EPERM"],
        "hard link of the system's": ["EXDEV", "EPERM"],
        "symbolic link": "ENOENT",
        "handle of the root's inode": ["EPERM", "ENOSYS"],
        "name to handle": ["EPERM", "ENOSYS"],
      },
    },
  },
  {
    name: "reach shared memory, message queues and semaphores of others",
    heldBy: ["ipc"],
    python: `
from attack import *
def handler(event, context):
    return {
        **outcomes({
            "the host's segment": lambda: call("shmget", event["sharedMemoryKey"], 0, 0),
            "the neighbour's segment": lambda: call("shmget", 0x6e656967, 0, 0),
            "a queue": lambda: call("mq_open", b"mayfly", os.O_RDWR, 0, 0),
        }),
        "segments": len(read("/proc/sysvipc/shm").splitlines()) - 1,
    }
`,
    ends: {
      answers: {
        "the host's segment": "ENOENT",
        "the neighbour's segment": "ENOENT",
        "a queue": ["ENOENT", "EPERM", "ENOSYS"],
        segments: { atMost: 0 },
      },
    },
  },
  {
    name: "learn of the kernel's and the host's secrets in /proc",
    heldBy: ["proc"],
    python: `
from attack import *
def size_of(path):
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        size = len(os.read(fd, 4096))
        os.close(fd)
        return size
    except OSError:
        return 0
def handler(event, context):
    paths = ("kcore", "kmsg", "keys", "key-users", "kallsyms", "timer_list", "sched_debug", "latency_stats", "sysrq-trigger", "1/environ", "1/maps", "1/mem", "1/stack")
    return {**{path: size_of("/proc/" + path) for path in paths},
        "the host's processes": len([pid for pid in os.listdir("/proc") if pid.isdigit() and int(pid) > 64])}
`,
    comesTo: "finds them empty or closed",
    ends: {
      answers: {
        ...Object.fromEntries(
          "kcore kmsg keys key-users kallsyms timer_list sched_debug latency_stats sysrq-trigger 1/environ 1/maps 1/mem 1/stack"
            .split(" ")
            .map((path) => [path, { atMost: 0 }]),
        ),
        "the host's processes": { atMost: 0 },
      },
    },
  },
  {
    name: "find credentials of the server's or of others in its environment",
    heldBy: ["environment"],
    node: `
exports.handler = async (event) => {
  const all = JSON.stringify(process.env);
  return {
    "the server's variable": all.includes("MAYFLY_SECRET_OF_SERVER") || all.includes(event.hostSecret) ? "there" : "missing",
    "the neighbour's": all.includes(event.neighbourSecret) ? "there" : "missing",
    "the server's paths": all.includes(event.folder) ? "there" : "missing",
    "Node's channel": process.env.NODE_CHANNEL_FD === undefined && process.connected !== true ? "missing" : "there",
    "its own": process.env.AWS_ACCESS_KEY_ID,
  };
};
`,
    comesTo: "finds its own only",
    ends: {
      answers: {
        "the server's variable": "missing",
        "the neighbour's": "missing",
        "the server's paths": "missing",
        "Node's channel": "missing",
        "its own": "ASIATEST",
      },
    },
  },
];
