import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandboxFactory, detectSupport, type Sandbox, type SandboxFactory, type SandboxSpec } from "./index.ts";

const execute = promisify(execFile);

let factory: SandboxFactory;
let folder: string;
let count = 0;
beforeAll(async () => {
  factory = await createSandboxFactory({ cgroupName: "mayfly-test" });
  folder = mkdtempSync(join(tmpdir(), "mayfly-sandbox-"));
});
afterAll(async () => {
  await factory.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(command: readonly string[], changes: Partial<SandboxSpec> = {}): Promise<Sandbox> {
  const id = `s${count++}`;
  mkdirSync(join(folder, id));
  return factory.start({
    id,
    folder: join(folder, id),
    mounts: [{ kind: "tmpfs", target: "/tmp", sizeBytes: 1_048_576, mode: 0o1777 }],
    command,
    environment: { PATH: "/usr/bin:/bin" },
    workingDirectory: "/",
    listenPorts: [],
    memoryBytes: 128 * 1_048_576,
    maxProcesses: 64,
    maxOpenFiles: 256,
    ...changes,
  });
}

/** Runs a shell script inside; answers what it printed and how it ended. */
async function shell(script: string, changes: Partial<SandboxSpec> = {}) {
  const sandbox = await start(["/bin/sh", "-c", script], changes);
  const [stdout, stderr, exit] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr), sandbox.exited]);
  return { stdout, stderr, ...exit };
}

const python = (script: string, changes: Partial<SandboxSpec> = {}) => shell(`exec python3 -I -c '${script}'`, changes);

describe("a program", () => {
  test("ends with its own code or signal", async () => {
    expect(await shell("echo out; echo err >&2; exit 7")).toMatchObject({
      stdout: "out\n",
      stderr: "err\n",
      code: 7,
      signal: null,
      outOfMemory: false,
    });
    expect(await shell("kill -9 $$")).toMatchObject({ code: null, signal: "SIGKILL", outOfMemory: false });
  });

  test("has exactly the environment that was given", async () => {
    const { stdout } = await shell("cat /proc/self/environ | tr '\\0' '\\n'", { environment: { PATH: "/usr/bin:/bin", A: "1 2" } });
    expect(
      stdout
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("PWD="))
        .sort(),
    ).toEqual(["A=1 2", "PATH=/usr/bin:/bin"]);
  });

  test("that can't be run is told so", async () => {
    expect(await shell("true", { command: ["/nowhere"] })).toMatchObject({
      code: 125,
      stderr: expect.stringContaining("run /nowhere: No such file or directory"),
    });
  });
});

test.each([[[]], [[9001]]])("a sandbox that can't be made is an error that names the step (ports %j)", async (listenPorts) => {
  const mounts = [{ kind: "bind", source: "/nowhere", target: "/var/task", readOnly: true }] as const;
  await expect(start(["/bin/true"], { mounts, listenPorts })).rejects.toThrow(
    "The sandbox could not be made: find /nowhere: No such file or directory",
  );
});

describe("what it sees", () => {
  test("nothing of the host's homes, processes or name; a system that it can't write", async () => {
    const { stdout } = await shell(
      "ls / | tr '\\n' ' '; hostname; ls -d /proc/[0-9]* | wc -l; touch /x /usr/x /etc/x /dev/x 2>&1 | grep -c 'Read-only'",
    );
    const [root, host, processes, refused] = stdout
      .split("\n")
      .flatMap((line, index) => (index === 0 ? [line.replace(/ sandbox$/, ""), "sandbox"] : [line]));
    expect(root).not.toMatch(/home|root|work|data/);
    expect(host).toBe("sandbox");
    expect(Number(processes)).toBeLessThan(8);
    expect(refused).toBe("4");
  });

  test("folders as they were mounted: read-only, writable, bounded", async () => {
    const shared = join(folder, "shared");
    mkdirSync(shared, { mode: 0o755 });
    writeFileSync(join(shared, "code.txt"), "code\n");
    const { stdout } = await shell(
      "cat /var/task/code.txt; touch /var/task/x 2>&1 | grep -o Read-only; head -c 2000000 /dev/zero 2>/dev/null > /tmp/big; stat -c %s /tmp/big",
      {
        mounts: [
          { kind: "bind", source: shared, target: "/var/task", readOnly: true },
          { kind: "tmpfs", target: "/tmp", sizeBytes: 1_048_576, mode: 0o1777 },
        ],
      },
    );
    expect(stdout).toBe("code\nRead-only\n1048576\n");
  });

  test("a network of its own with loopback only", async () => {
    const { stdout } = await python(
      'import socket; print(sorted(n for _, n in socket.if_nameindex())); s = socket.socket(); s.settimeout(2); print(s.connect_ex(("192.0.2.1", 80)))',
    );
    expect(stdout).toMatch(/'lo'/);
    expect(stdout).not.toMatch(/eth|ens|veth|wlan/);
    expect(stdout.trim().split("\n")[1]).toBe("101");
  });
});

test("listening sockets made inside are served outside", async () => {
  const sandbox = await start(
    [
      "/bin/sh",
      "-c",
      'exec python3 -I -c \'import socket; print(socket.create_connection(("127.0.0.1", 9001)).recv(99).decode(), socket.create_connection(("127.0.0.1", 4566)).recv(99).decode())\'',
    ],
    {
      listenPorts: [9001, 4566],
    },
  );
  for (const [port, server] of sandbox.listeners) server.on("connection", (socket) => socket.end(`port ${port}`));
  expect((await text(sandbox.stdout)).trim()).toBe("port 9001 port 4566");
  // The host itself has no such port.
  const refused = await new Promise<string>((resolve) =>
    connect(9001, "127.0.0.1")
      .on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""))
      .on("connect", () => resolve("connected")),
  );
  expect(refused).toBe("ECONNREFUSED");
});

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

describe("mounts that come later", () => {
  /** A program that waits for a line to run, each time; its answers come by line. */
  async function waiting(changes: Partial<SandboxSpec> = {}) {
    const loop = `import socket, subprocess
connection = socket.create_connection(("127.0.0.1", 9001))
for line in connection.makefile():
  connection.sendall(subprocess.run(["sh", "-c", line], capture_output=True).stdout.replace(b"\\n", b" ") + b"\\n")`;
    const command = ["/usr/bin/python3", "-I", "-c", loop];
    const sandbox = await start(command, { mounts: [], attachable: ["/var/task", "/opt", "/tmp"], listenPorts: [9001], ...changes });
    const socket = await new Promise<Socket>((resolve) => sandbox.listeners.get(9001)!.once("connection", resolve));
    const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
    const run = async (script: string): Promise<string> => {
      socket.write(`${script}\n`);
      return String((await lines.next()).value).trim();
    };
    return { sandbox, run };
  }

  function codeFolder(): string {
    const code = mkdtempSync(join(folder, "code-"));
    writeFileSync(join(code, "code.txt"), "code");
    chmodSync(code, 0o755);
    return code;
  }

  test("are seen by what runs already: read-only, writable and bounded, as they were asked for", async () => {
    expect(factory.canAttach).toBe(true);
    const code = codeFolder();
    const { sandbox, run } = await waiting();
    expect(await run("ls -A /var/task /opt /tmp; touch /tmp/x || echo closed")).toBe("/opt:  /tmp:  /var/task: closed");
    await sandbox.attach([
      { kind: "bind", source: code, target: "/var/task", readOnly: true },
      { kind: "tmpfs", target: "/tmp", sizeBytes: 1_048_576, mode: 0o1777 },
    ]);
    expect(await run("cat /var/task/code.txt; touch /var/task/x || echo closed")).toBe("codeclosed");
    expect(await run("stat -c %a /tmp; head -c 2000000 /dev/zero > /tmp/big; stat -c %s /tmp/big")).toBe("1777 1048576");
    await sandbox.attach([{ kind: "bind", source: code, target: "/opt", readOnly: false }]);
    expect(await run("grep -E ' (/var/task|/opt|/tmp) ' /proc/self/mountinfo | grep -c nosuid,nodev")).toBe("3");
    expect(await run("cat /opt/code.txt")).toBe("code");
    await sandbox.kill();
  });

  test("nothing comes or goes by them: what the host mounts there later stays outside", async (context) => {
    if (process.geteuid?.() !== 0) return context.skip("Only root can mount on the host.");
    const code = codeFolder();
    mkdirSync(join(code, "inner"));
    const { sandbox, run } = await waiting();
    await sandbox.attach([{ kind: "bind", source: code, target: "/var/task", readOnly: true }]);
    await execute("mount", ["-t", "tmpfs", "none", join(code, "inner")]);
    try {
      writeFileSync(join(code, "inner/secret"), "");
      expect(await run("ls -A /var/task/inner; echo nothing")).toBe("nothing");
      expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(join(folder, sandbox.id));
    } finally {
      await execute("umount", [join(code, "inner")]);
      await sandbox.kill();
    }
  });

  test("what can't be attached is an error that names it, and the sandbox goes on", async () => {
    const { sandbox, run } = await waiting();
    const attach = (source: string, target: string) => sandbox.attach([{ kind: "bind", source, target, readOnly: true }]);
    await expect(attach("/nowhere", "/opt")).rejects.toThrow("Could not find /nowhere on /opt: No such file or directory");
    await expect(attach(folder, "/usr")).rejects.toThrow("Could not attach to a folder that is not attachable");
    const code = codeFolder();
    await Promise.all([
      attach(code, "/opt"),
      expect(attach("/nowhere", "/tmp")).rejects.toThrow("Could not find"),
      attach(code, "/var/task"),
    ]);
    expect(await run("cat /opt/code.txt /var/task/code.txt")).toBe("codecode");
    await sandbox.kill();
    await expect(attach(folder, "/tmp")).rejects.toThrow("Nothing can be attached");
  });

  test("a sandbox that has no attachable folder takes none", async () => {
    const sandbox = await start(["/bin/sleep", "20"]);
    await expect(sandbox.attach([{ kind: "bind", source: folder, target: "/opt", readOnly: true }])).rejects.toThrow(
      "Nothing can be attached",
    );
    await sandbox.kill();
  });

  test("memory is bounded anew", async () => {
    const { sandbox, run } = await waiting({ memoryBytes: 512 * 1_048_576 });
    expect(await run('python3 -I -c "x = bytes(200 << 20); print(len(x))"')).toBe(String(200 << 20));
    sandbox.limit({ memoryBytes: 128 * 1_048_576 });
    await run("exec python3 -I -c \"import time; x = b'a' * (200 << 20); time.sleep(0.3)\"");
    sandbox.limit({ memoryBytes: 1024 * 1_048_576 });
    expect(await run("python3 -I -c \"x = b'a' * (400 << 20); print(len(x))\"")).toBe(String(400 << 20));
    await sandbox.kill();
    expect((await sandbox.exited).outOfMemory).toBe(true);
  });
});

describe("bounds", () => {
  test("more memory than allowed ends it, and is called by its name", async () => {
    const sandbox = await start(["/bin/sh", "-c", "exec python3 -I -c 'x = b\"a\" * (512 << 20); import time; time.sleep(20)'"]);
    expect((await sandbox.exited).outOfMemory).toBe(true);
    expect(await sandbox.peakMemoryBytes()).toBeGreaterThan(64 * 1_048_576);
  });

  test("processes are bounded where a control group bounds them", async () => {
    const { mechanisms } = factory.support;
    const bounded = mechanisms.some(({ name, available }) => name.startsWith("memory and process limits") && available);
    const { stdout } = await python(
      "import os, time\nn = 0\ntry:\n  while n < 200:\n    if os.fork() == 0:\n      time.sleep(20); os._exit(0)\n    n += 1\nexcept OSError: pass\nprint(n)\nos.kill(0, 9) if False else None",
    );
    if (bounded) expect(Number(stdout)).toBeLessThan(64);
    else expect(Number(stdout)).toBe(200);
  });

  test("CPU time is bounded where a control group bounds it, and freed again", async () => {
    const bounded = factory.support.mechanisms.some(({ name, available }) => name.startsWith("CPU limits") && available);
    const spin = `import time
while True:
  wall, cpu = time.monotonic(), time.process_time()
  while time.monotonic() - wall < 0.5: pass
  print(int(100 * (time.process_time() - cpu) / (time.monotonic() - wall)), flush=True)`;
    const sandbox = await start(["/usr/bin/python3", "-I", "-c", spin], { cpus: 0.1 });
    const percents = createInterface({ input: sandbox.stdout })[Symbol.asyncIterator]();
    const next = async (): Promise<number> => Number((await percents.next()).value);
    await next();
    expect(Math.max(await next(), await next())).toBeLessThan(bounded ? 20 : 101);
    sandbox.limit({ cpus: Infinity });
    // Others use the machine, too: it comes to more than the bound sooner or later.
    while ((await next()) <= 20);
    await sandbox.kill();
  });

  test("open files are bounded", async () => {
    expect((await shell("ulimit -n; ulimit -c")).stdout).toBe("256\n0\n");
  });
});

/** Processes of this machine whose command line holds `mark`. */
function processesWith(mark: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function untilGone(mark: string): Promise<void> {
  const endsAt = performance.now() + 5_000;
  while (processesWith(mark).length > 0) {
    if (performance.now() > endsAt) throw new Error(`Processes with ${mark} are left: ${processesWith(mark).join(", ")}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Where control groups of sandboxes lie, by the version that this machine has. */
const controllers = (): string[] =>
  existsSync("/sys/fs/cgroup/cgroup.controllers") ? ["/sys/fs/cgroup"] : ["memory", "pids", "cpu"].map((name) => `/sys/fs/cgroup/${name}`);
const controlGroups = (prefix: string): string[] =>
  controllers().flatMap((folder) => (existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(prefix)) : []));

describe("the end", () => {
  test("kill leaves nothing, not even what daemonised and ignores signals", async () => {
    const mark = `8${Math.trunc(Math.random() * 1e8)}`;
    const sandbox = await start(["/bin/sh", "-c", `trap "" TERM; setsid sleep ${mark} & sleep 0.1; echo up; sleep ${mark}`]);
    await new Promise((resolve) => sandbox.stdout.once("data", resolve));
    expect(processesWith(mark).length).toBeGreaterThan(0);
    await sandbox.kill();
    expect(processesWith(mark)).toEqual([]);
  });

  test("when the program ends, what it left behind ends", async () => {
    const mark = `7${Math.trunc(Math.random() * 1e8)}`;
    await shell(`setsid sleep ${mark} > /dev/null 2>&1 & exit 0`);
    await untilGone(mark);
    expect(processesWith(mark)).toEqual([]);
  });

  test("kill -9 of the server ends every sandbox", async () => {
    const mark = `6${Math.trunc(Math.random() * 1e8)}`;
    const own = join(folder, "own");
    mkdirSync(own);
    const script = join(folder, "server.mjs");
    writeFileSync(
      script,
      `import { createSandboxFactory } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
       const factory = await createSandboxFactory({ cgroupName: "mayfly-test" });
       const sandbox = await factory.start(${JSON.stringify({ id: "k", folder: own, mounts: [], command: ["/bin/sh", "-c", `echo up; sleep ${mark}; true`], environment: { PATH: "/usr/bin:/bin" }, workingDirectory: "/", listenPorts: [], memoryBytes: 64 << 20, maxProcesses: 20, maxOpenFiles: 64 })});
       sandbox.stdout.on("data", () => console.log("up"));`,
    );
    const server = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => server.stdout.once("data", resolve));
    expect(processesWith(`sleep ${mark}`).length).toBeGreaterThan(0);
    server.kill("SIGKILL");
    await untilGone(mark);
    const groups = (): string[] => controlGroups(`mayfly-test-${server.pid}-`);
    expect(groups().length).toBe(
      factory.support.mechanisms.some(({ name, available }) => name.startsWith("memory") && available) ? controllers().length : 0,
    );
    await factory.sweep();
    expect(groups()).toEqual([]);
  });
});

test("an ordinary user has sandboxes too", async (context) => {
  if (process.geteuid?.() !== 0) return context.skip("The other tests ran as an ordinary user already.");
  const own = mkdtempSync(join(tmpdir(), "mayfly-user-"));
  await execute("chown", ["65534:65534", own]);
  const words = [
    "root",
    own,
    "cwd",
    "/",
    "hostname",
    "sandbox",
    "uid",
    "993",
    "open-files",
    "64",
    "arg",
    "/bin/sh",
    "arg",
    "-c",
    "arg",
    "id -u; grep CapEff /proc/self/status; unshare -U true 2>/dev/null || echo refused",
  ];
  const launcher = join(folder, "launcher");
  await execute("cp", [join(import.meta.dirname, `../launcher/bin/${process.arch}/mayfly-launcher`), launcher]);
  await execute("chmod", ["755", folder, launcher]);
  const child = spawn("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", launcher], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: "/usr/bin:/bin" },
  });
  child.stdin.end(words.map((word) => `${word}\0`).join(""));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  rmSync(own, { recursive: true, force: true });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^993\nCapEff:\t0000000000000000\nrefused\n$/);
});

test("an ordinary user's factory hands out listeners, attaches mounts and measures memory", async (context) => {
  if (process.geteuid?.() !== 0) return context.skip("The other tests ran as an ordinary user already.");
  // The checkout may be closed to others: the package and Node go where they can read them.
  const own = mkdtempSync(join(tmpdir(), "mayfly-user-"));
  await execute("cp", ["-r", join(import.meta.dirname, ".."), join(own, "sandbox")]);
  await execute("cp", [process.execPath, join(own, "node")]);
  const script = join(own, "try.mjs");
  const spec = {
    id: "u",
    folder: join(own, "root"),
    mounts: [],
    command: [
      "/bin/sh",
      "-c",
      'exec python3 -I -c \'import socket; x = b"a" * (40 << 20); print(socket.create_connection(("127.0.0.1", 9001)).recv(9).decode(), open("/var/task/try.mjs").read(6), open("/tmp/x", "w").writable())\'',
    ],
    environment: { PATH: "/usr/bin:/bin" },
    workingDirectory: "/",
    attachable: ["/var/task", "/tmp"],
    listenPorts: [9001],
    memoryBytes: 128 << 20,
    maxProcesses: 20,
    maxOpenFiles: 64,
  };
  mkdirSync(spec.folder);
  writeFileSync(
    script,
    `import { createSandboxFactory } from "./sandbox/src/index.ts";
     const factory = await createSandboxFactory({ cgroupName: "mayfly-test" });
     const sandbox = await factory.start(${JSON.stringify(spec)});
     let peak;
     sandbox.listeners.get(9001).on("connection", async (socket) => {
       peak = await sandbox.peakMemoryBytes();
       await sandbox.attach([{ kind: "bind", source: process.cwd(), target: "/var/task", readOnly: true }, { kind: "tmpfs", target: "/tmp", sizeBytes: 65536, mode: 0o1777 }]);
       socket.end("hello");
     });
     let said = "";
     sandbox.stdout.on("data", (chunk) => (said += chunk));
     const exit = await sandbox.exited;
     console.log(JSON.stringify({ level: factory.support.level, said: said.trim(), code: exit.code, peakMb: Math.round(peak / 1048576) }));`,
  );
  await execute("chown", ["-R", "65534:65534", own]);
  try {
    const { stdout } = await execute(
      "setpriv",
      ["--reuid=65534", "--regid=65534", "--clear-groups", join(own, "node"), "--disable-warning=ExperimentalWarning", script],
      { env: { PATH: "/usr/bin:/bin" }, cwd: own },
    );
    const outcome = JSON.parse(stdout) as { level: string; said: string; code: number; peakMb: number };
    expect(outcome).toMatchObject({ level: "reduced", said: "hello import True", code: 0 });
    expect(outcome.peakMb).toBeGreaterThanOrEqual(40);
    expect(outcome.peakMb).toBeLessThan(100);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

test("doctor's table names what is missing and how to get it", async () => {
  const support = await detectSupport();
  expect(["full", "reduced"]).toContain(support.level);
  for (const mechanism of support.mechanisms) {
    if (!mechanism.available) expect(mechanism.lost.length * mechanism.remedy.length).toBeGreaterThan(0);
  }
});

test("the committed launchers were built from the committed sources", () => {
  const launcher = join(import.meta.dirname, "../launcher");
  const recorded = Object.fromEntries(
    readFileSync(join(launcher, "bin/SOURCE"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(" ").slice(0, 2)),
  ) as Record<string, string>;
  const hash = (files: readonly string[]): string => {
    const sum = createHash("sha256");
    for (const file of files) sum.update(readFileSync(join(launcher, file)));
    return sum.digest("hex");
  };
  expect(hash(["launcher.h", "launcher.c", "spec.c", "root.c", "attach.c", "network.c", "filter.c"])).toBe(recorded["sources"]);
  for (const architecture of ["x64", "arm64"]) expect(hash([`bin/${architecture}/mayfly-launcher`])).toBe(recorded[architecture]);
});
