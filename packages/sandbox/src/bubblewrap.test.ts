import { text } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { createTestSandboxes, processesWith } from "./testing/test-sandboxes.ts";
import { findBubblewrap } from "./ways.ts";

const sandboxes = createTestSandboxes("bubblewrap");
const { start, shell, python } = sandboxes;

beforeEach((context) => {
  if (findBubblewrap() === undefined) context.skip("bubblewrap is not installed.");
});

test("bubblewrap makes sandboxes on request, and what is lost by that is said", () => {
  const { way, level, mechanisms } = sandboxes.factory.support;
  expect({ way, level }).toEqual({ way: "bubblewrap", level: expect.stringMatching(/^(full|reduced)$/) });
  expect(mechanisms.filter(({ used }) => !used).map(({ id }) => id)).toEqual(
    expect.arrayContaining(["launcher", "attaching", "copying", "fileCount"]),
  );
  expect(sandboxes.factory.canAttach).toBe(false);
});

test("what runs inside is confined as by the launcher", async () => {
  const { stdout } = await shell(
    "grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status; ulimit -n; ulimit -H -c; umask; hostname; ls -d /proc/[0-9]* | wc -l; ls -A / /dev; stat -c %a /etc /tmp",
  );
  expect(stdout.match(/0000000000000000/g)?.length).toBe(5);
  expect(stdout).toContain("NoNewPrivs:\t1\nSeccomp:\t2\n256\n");
  expect(stdout).toMatch(/\n0022\nsandbox\n[1-7]\n/);
  expect(stdout).not.toMatch(/home|root|work|data|tty|pts/);
  expect(stdout).toMatch(/\n755\n1777\n$/);
});

test("it has its listeners, exactly its variables, and no file but the standard streams", async () => {
  const sandbox = await start(
    [
      "/usr/bin/python3",
      "-I",
      "-c",
      'import os, socket; print(socket.create_connection(("127.0.0.1", 9001)).recv(9).decode(), sorted(os.environ.items()), sorted(map(int, os.listdir("/proc/self/fd")))[:-1])',
    ],
    { listenPorts: [9001], environment: { A: "1 2", LD_PRELOAD: "/nowhere" } },
  );
  sandbox.listeners.get(9001)?.on("connection", (socket) => socket.end("hello"));
  // The linker inside complains about the library that is not there; bubblewrap's would have, too.
  const [stdout, stderr] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr)]);
  expect(stdout).toMatch(/^hello \[\('A', '1 2'\), (\('LC_CTYPE', '[^']*'\), )?\('LD_PRELOAD', '\/nowhere'\)\] \[0, 1, 2\]\n$/);
  expect(stderr.match(/nowhere/g)?.length).toBe(1);
});

test("it ends as its program does, by a signal too", async () => {
  expect(await shell("exit 7")).toMatchObject({ code: 7, signal: null });
  expect(await shell("kill -9 $$")).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(await python("x = b'a' * (512 << 20); import time; time.sleep(20)")).toMatchObject({ outOfMemory: true });
});

test("a signal reaches the program, and a kill leaves nothing", async () => {
  const mark = `8${Math.trunc(Math.random() * 1e8)}`;
  const sandbox = await start(["/bin/sh", "-c", `trap "echo told" TERM; setsid sleep ${mark} & echo up; while :; do sleep 0.01; done`]);
  const next = (): Promise<string> => new Promise((resolve) => sandbox.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString())));
  expect(await next()).toBe("up\n");
  sandbox.signal("SIGTERM");
  expect(await next()).toBe("told\n");
  await sandbox.kill();
  expect(processesWith(mark)).toEqual([]);
  expect(await sandbox.exited).toMatchObject({ signal: "SIGKILL" });
});

test("what can't be made is an error that names the step", async () => {
  const mounts = [{ kind: "bind", source: "/nowhere", target: "/var/task", readOnly: true }] as const;
  await expect(start(["/bin/true"], { mounts })).rejects.toThrow("The sandbox could not be made: find /nowhere: No such file or directory");
  await expect(start(["/bin/true"], { attachable: ["/opt"] })).rejects.toThrow("attach mounts later");
});
