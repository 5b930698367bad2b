import { describe, expect, test } from "vitest";
import { createTestSandboxes } from "./testing/test-sandboxes.ts";

const sandboxes = createTestSandboxes();
const { shell, python } = sandboxes;

describe("what it may not do", () => {
  test("no capability, no new privileges, a filter", async () => {
    const { stdout } = await shell("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status");
    expect(stdout.match(/0000000000000000/g)?.length).toBe(5);
    expect(stdout).toMatch(/NoNewPrivs:\t1/);
    expect(stdout).toMatch(/Seccomp:\t2/);
  });

  test.each([
    ["make namespaces", "unshare -U true || unshare -m true"],
    ["mount", "mount -t tmpfs none /tmp"],
    ["trace or read the first process", "cat /proc/1/environ > /dev/null 2>&1 || head -c 1 /proc/1/mem"],
    ["set the host's name", "hostname other"],
    ["open raw sockets", "python3 -I -c 'import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)'"],
    ["kill the first process", "kill -9 1; sleep 0.05; test ! -d /proc/1"],
    ["write kernel settings", "echo 1 > /proc/sys/kernel/panic"],
    ["learn of the host's devices", "test -e /sys/devices || cat /proc/interrupts | grep ."],
    ["let its crash be piped to the host's handler", "ulimit -c 0 || prlimit --core=0:0 true"],
    ["hear of the host's devices", "python3 -I -c 'import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 15)'"],
  ])("%s", async (_what, script) => {
    expect((await shell(`(${script}) > /dev/null 2>&1 && echo done || echo refused`)).stdout).toBe("refused\n");
  });
});

test("the filter refuses system calls that would be answered otherwise without it", async () => {
  const numbers = {
    x64: { add_key: 248, request_key: 249, keyctl: 250, ptrace: 101, process_vm_readv: 310, unshare: 272 },
    arm64: { add_key: 217, request_key: 218, keyctl: 219, ptrace: 117, process_vm_readv: 270, unshare: 97 },
  }[process.arch as "x64" | "arm64"];
  const calls = { ...numbers, io_uring_setup: 425, clone3: 435 };
  const { stdout } = await python(
    `import ctypes, errno\nlibc = ctypes.CDLL(None, use_errno=True)\nfor number in ${JSON.stringify(Object.values(calls))}:\n  print(errno.errorcode.get(ctypes.get_errno()) if libc.syscall(number, 0, 0, 0, 0, 0, 0) == -1 else "done")`,
  );
  const answers = stdout.trim().split("\n");
  expect(Object.keys(calls).map((name, index) => `${name} ${answers[index]}`)).toEqual(
    Object.keys(calls).map((name) => `${name} ${name === "clone3" ? "ENOSYS" : "EPERM"}`),
  );
});

describe("what it is given", () => {
  test("bounds of its own, whatever the server's are", async () => {
    const { stdout } = await shell("umask; ulimit -n; ulimit -l; ulimit -p; ulimit -r; cat /proc/self/oom_score_adj");
    expect(stdout.split("\n")).toEqual(["0022", "256", "64", "64", "0", expect.stringMatching(/^([5-9]\d\d|1000)$/), ""]);
  });

  test("standard streams and no other file; no signal ignored or blocked; a session without a terminal", async () => {
    const { stdout } = await python(
      `import os
print(sorted(map(int, os.listdir("/proc/self/fd")))[:-1], os.readlink("/proc/self/fd/0"))
print([line.split()[1] for line in open("/proc/thread-self/status") if line.startswith(("SigBlk", "ShdPnd"))], os.getsid(0) == os.getpid())
print(open("/proc/self/stat").read().rsplit(")")[1].split()[4])`,
    );
    expect(stdout).toBe("[0, 1, 2] /dev/null\n['0000000000000000', '0000000000000000'] True\n0\n");
  });

  test("mounts that are private, and of which none but devices and /proc is more than the root allows", async () => {
    const { stdout } = await shell("cat /proc/self/mountinfo");
    const mounts = stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" "));
    expect(mounts.filter((fields) => fields.some((field) => /^(shared|master):/.test(field)))).toEqual([]);
    expect(mounts.filter(([, , , , , options]) => !options?.includes("nosuid")).map(([, , , , target]) => target)).toEqual([]);
    const withDevices = mounts.filter(([, , , , , options]) => !options?.includes("nodev")).map(([, , , , target]) => target);
    expect(withDevices.filter((target) => !/^\/(dev|proc)(\/|$)/.test(target ?? ""))).toEqual([]);
  });
});
