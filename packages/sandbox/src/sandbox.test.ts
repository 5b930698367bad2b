import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { createTestSandboxes, processesWith, specOf, testCgroupName, untilGone } from "./testing/test-sandboxes.ts";

const sandboxes = createTestSandboxes();
const { start, shell, python } = sandboxes;

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

  test("can open its output by name", async () => {
    const { stdout, stderr } = await shell("echo a > /dev/stdout; echo b >> /dev/stderr; echo c | tee /proc/self/fd/2 > /dev/null");
    expect({ stdout, stderr }).toEqual({ stdout: "a\n", stderr: "b\nc\n" });
  });

  test("that has ended has its output read still; what nobody wants is let go", async () => {
    const [read, unwanted] = await Promise.all([start(["/bin/echo", "hello"]), start(["/bin/echo", "hello"])]);
    await Promise.all([read.exited, unwanted.exited]);
    unwanted.stdout.resume();
    await new Promise((resolve) => unwanted.stdout.once("close", resolve));
    expect(await text(read.stdout)).toBe("hello\n");
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
  const openFiles = readdirSync("/proc/self/fd").length;
  await Promise.all(Array.from({ length: 5 }, () => start(["/bin/true"], { mounts, listenPorts }).catch(() => {})));
  while (readdirSync("/proc/self/fd").length > openFiles) await new Promise(setImmediate);
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
    const shared = join(sandboxes.folder, "shared");
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
    const own = join(sandboxes.folder, "own");
    mkdirSync(own);
    const script = join(sandboxes.folder, "server.mjs");
    writeFileSync(
      script,
      `import { createSandboxFactory } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
       const factory = await createSandboxFactory({ cgroupName: "${testCgroupName}" });
       const sandbox = await factory.start(${JSON.stringify(specOf("k", own, ["/bin/sh", "-c", `echo up; sleep ${mark}; true`]))});
       sandbox.stdout.on("data", () => console.log("up"));`,
    );
    const server = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => server.stdout.once("data", resolve));
    expect(processesWith(`sleep ${mark}`).length).toBeGreaterThan(0);
    server.kill("SIGKILL");
    await untilGone(mark);
    const groups = (): string[] => controlGroups(`${testCgroupName}-${server.pid}-`);
    expect(groups().length).toBe(sandboxes.has("memory") ? controllers().length : 0);
    await sandboxes.factory.sweep();
    expect(groups()).toEqual([]);
  });
});
