import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Sandbox } from "./index.ts";
import { createTestSandboxes, specOf, testCgroupName, untilGone } from "./testing/test-sandboxes.ts";

const sandboxes = createTestSandboxes();
const { start, shell } = sandboxes;
const execute = promisify(execFile);

const mark = (): string => `5${Math.trunc(Math.random() * 1e8)}`;
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean).map(Number);
const descendantsOf = (pid: number): number[] => childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);

/** The process of this test's server that forks launchers. */
function forkServer(): number {
  const [pid, ...others] = childrenOf(process.pid).filter((child) =>
    readFileSync(`/proc/${child}/cmdline`, "utf8").includes("fork-server"),
  );
  expect(others).toEqual([]);
  return pid!;
}

test("launchers are no children of the server's, and its environment is in none of them", async () => {
  const sandbox = await start(["/bin/sleep", "20"], { environment: { SECRET: "s" } });
  expect(childrenOf(forkServer())).toContain(sandbox.pid);
  expect(readFileSync(`/proc/${sandbox.pid}/environ`, "utf8")).not.toMatch(/SECRET|HOME|PATH/);
  await sandbox.kill();
});

test("when the fork server is killed its sandboxes are, and are told as ended; the next start has another", async () => {
  const sign = mark();
  const running = await Promise.all(
    Array.from({ length: 3 }, () => start(["/bin/sh", "-c", `echo up; setsid sleep ${sign} & sleep ${sign}`])),
  );
  await Promise.all(running.map(({ stdout }) => new Promise((resolve) => stdout.once("data", resolve))));
  const before = forkServer();
  process.kill(before, "SIGKILL");
  for (const { exited } of running) expect(await exited).toEqual({ code: null, signal: "SIGKILL", outOfMemory: false });
  await untilGone(sign);
  expect(await shell("echo again")).toMatchObject({ stdout: "again\n", code: 0 });
  expect(forkServer()).not.toBe(before);
  await running[0]!.kill();
});

test("a start that is under way when the fork server is killed is an error", async () => {
  const before = forkServer();
  process.kill(before, "SIGSTOP");
  const starting = start(["/bin/true"]);
  process.kill(before, "SIGKILL");
  await expect(starting).rejects.toThrow("The sandbox could not be made: the process that forks launchers has ended");
  expect(await shell("echo again")).toMatchObject({ stdout: "again\n" });
});

test("who asks all processes of a service to end does not end sandboxes: the server does", async () => {
  const before = forkServer();
  const sandbox = await start(["/bin/sh", "-c", "echo up; sleep 0.1; echo down"]);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1", "SIGPIPE"] as const) process.kill(before, signal);
  expect(await text(sandbox.stdout)).toBe("up\ndown\n");
  expect(await sandbox.exited).toMatchObject({ code: 0 });
  expect(forkServer()).toBe(before);
});

/** The pipes and sockets that processes have open, as far as they may be looked at. */
const openFiles = (pids: readonly number[]): string[] =>
  pids.flatMap((pid) => {
    try {
      return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
    } catch {
      return [];
    }
  });

test("of sandboxes that start at once none has a file that another has", async () => {
  const busy = { listenPorts: [9001], beside: { programs: ["/bin/sleep"], hiddenVariables: [] } };
  const waiting = sandboxes.factory.canAttach ? { listenPorts: [9001], attachable: ["/opt"], mounts: [] } : {};
  const running = await Promise.all(Array.from({ length: 12 }, (_, index) => start(["/bin/sleep", "20"], [{}, waiting, busy][index % 3])));
  const channel = new Set(openFiles([forkServer()]));
  const found = new Map<string, Sandbox>();
  for (const sandbox of running) {
    // Launchers that take orders answer over the channel. What they made is done with it a moment after it said that it is made.
    const inside = (): string[] => openFiles(descendantsOf(sandbox.pid)).filter((file) => file.startsWith("socket:"));
    while (inside().length > 0) await new Promise(setImmediate);
    const files = new Set(openFiles([sandbox.pid, ...descendantsOf(sandbox.pid)]).filter((file) => /^(pipe|socket):/.test(file)));
    expect(files.size).toBeGreaterThan(0);
    for (const file of files) {
      if (channel.has(file)) continue;
      expect([file, found.get(file)?.id]).toEqual([file, undefined]);
      found.set(file, sandbox);
    }
  }
  await Promise.all(running.map((sandbox) => sandbox.kill()));
});

test("the fork server keeps nothing of a launcher", async () => {
  await shell("true");
  const before = openFiles([forkServer()]).length;
  await Promise.all(Array.from({ length: 8 }, () => start(["/nowhere"], { listenPorts: [9001] }).catch(() => {})));
  await Promise.all(Array.from({ length: 8 }, () => shell("true")));
  expect(openFiles([forkServer()]).length).toBe(before);
});

/** Runs a server of its own; answers what it printed. */
async function server(body: string, words: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(join(sandboxes.folder, "server-"));
  mkdirSync(join(folder, "root"));
  const script = join(folder, "server.mjs");
  const spec = { ...specOf("s", join(folder, "root"), ["/bin/echo", "hello"]), listenPorts: [9001, 9002] };
  writeFileSync(
    script,
    `import { readFileSync } from "node:fs";
     import { text } from "node:stream/consumers";
     import { createSandboxFactory } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
     const factory = await createSandboxFactory({ cgroupName: "${testCgroupName}" });
     const spec = ${JSON.stringify(spec)};
     ${body}`,
  );
  const [program, ...args] = [...words, process.execPath, "--disable-warning=ExperimentalWarning", script];
  return (await execute(program, args)).stdout;
}

test("a server that has nothing more to do ends, and its fork server with it", async () => {
  const said = await server(`const sandbox = await factory.start(spec);
     console.log(readFileSync("/proc/" + process.pid + "/task/" + process.pid + "/children", "utf8").trim());
     Promise.all([text(sandbox.stdout), sandbox.exited]).then(([said, { code }]) => console.log(said.trim(), code));`);
  expect(said).toMatch(/^\d+\nhello 0\n$/);
  while (readdirSync("/proc").includes(said.split("\n")[0]!)) await new Promise(setImmediate);
});

test("a server that has no room for more open files tells those whom it can't start, and leaves nothing of them", async () => {
  const said = await server(
    `const sleeping = Array.from({ length: 20 }, (_, index) => factory.start({ ...spec, id: "s" + index, command: ["/bin/sleep", "20"] }));
     const outcomes = await Promise.allSettled(sleeping);
     const failures = new Set(outcomes.flatMap(({ reason }) => (reason === undefined ? [] : [reason.message])));
     await Promise.all(outcomes.flatMap(({ value }) => (value === undefined ? [] : [value.kill()])));
     const again = await factory.start({ ...spec, command: ["/bin/true"] });
     const { code } = await again.exited;
     await factory.close();
     console.log(JSON.stringify({ failures: [...failures], code }));`,
    ["/bin/sh", "-c", 'ulimit -n 70; exec "$0" "$@"'],
  );
  const { failures, code } = JSON.parse(said) as { failures: string[]; code: number };
  expect(code).toBe(0);
  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures) expect(failure).toMatch(/^The sandbox could not be made: .*too many files are open$/);
});
