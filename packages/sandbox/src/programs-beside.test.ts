import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { Sandbox, SandboxExit, SandboxSpec } from "./index.ts";
import { createTestSandboxes, processesWith, untilGone } from "./testing/test-sandboxes.ts";

const sandboxes = createTestSandboxes();

/** A sandbox whose command is a shell script, and these scripts beside it. */
async function startBeside(command: string, programs: readonly string[], changes: Partial<SandboxSpec> = {}): Promise<Sandbox> {
  const folder = mkdtempSync(join(sandboxes.folder, "opt-"));
  chmodSync(folder, 0o755);
  const names = programs.map((script, index) => {
    writeFileSync(join(folder, `p${index}`), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return `/opt/p${index}`;
  });
  return sandboxes.start(["/bin/sh", "-c", command], {
    mounts: [
      { kind: "bind", source: folder, target: "/opt", readOnly: true },
      { kind: "tmpfs", target: "/tmp", sizeBytes: 1_048_576, mode: 0o1777 },
    ],
    beside: { programs: names, hiddenVariables: ["HIDDEN"] },
    ...changes,
  });
}

const output = (sandbox: Sandbox): Promise<string[]> => Promise.all([text(sandbox.stdout), text(sandbox.stderr)]);

test("run first; the command waits for its start; each end is told as it was", async () => {
  const sandbox = await startBeside("echo command after $(cat /tmp/first); exit 3", [
    "echo first > /tmp/first",
    "until test -e /tmp/first; do :; done; kill -TERM $$",
    "until test -e /tmp/last; do sleep 0.01; done; exit 7",
    "mkfifo /tmp/fifo; echo > /tmp/fifo",
  ]);
  const printed = output(sandbox);
  expect(await sandbox.besideExited[0]).toEqual({ code: 0, signal: null, outOfMemory: false });
  expect(await sandbox.besideExited[1]).toEqual({ code: null, signal: "SIGTERM", outOfMemory: false });
  sandbox.startCommand();
  expect(await sandbox.commandExited).toEqual({ code: 3, signal: null, outOfMemory: false });
  await sandbox.kill();
  expect(await sandbox.exited).toMatchObject({ code: 3, signal: null });
  expect(await printed).toEqual(["command after first\n", ""]);
});

test("the sandbox ends by itself when all have ended, as the command did", async () => {
  const sandbox = await startBeside("exit 5", ["read line < /dev/zero & exit 0", "exit 9"]);
  sandbox.startCommand();
  expect(await sandbox.exited).toEqual({ code: 5, signal: null, outOfMemory: false });
  expect(await Promise.all(sandbox.besideExited)).toMatchObject([{ code: 0 }, { code: 9 }]);
});

test("have the environment without what is hidden, and print to standard error only", async () => {
  const sandbox = await startBeside("echo $HIDDEN", ["echo beside $SHOWN$HIDDEN"], {
    environment: { PATH: "/usr/bin:/bin", SHOWN: "shown", HIDDEN: "hidden" },
  });
  sandbox.startCommand();
  expect(await output(sandbox)).toEqual(["hidden\n", "beside shown\n"]);
});

/** Signals until the command has ended: one that comes before it is there is lost. */
async function terminate(sandbox: Sandbox): Promise<SandboxExit> {
  const timer = setInterval(() => sandbox.signal("SIGTERM"), 5);
  return sandbox.commandExited.finally(() => clearInterval(timer));
}

test("signals go to the command alone, before it runs as well", async () => {
  const sandbox = await startBeside("echo run", ["trap 'echo told' TERM; while :; do sleep 0.05; done"]);
  const printed = output(sandbox);
  expect(await terminate(sandbox)).toMatchObject({ signal: "SIGTERM" });
  sandbox.startCommand();
  await sandbox.kill();
  expect(await printed).toEqual(["", ""]);
});

test("the command can be killed alone, whatever it does about signals", async () => {
  const sandbox = await startBeside("trap '' TERM; echo begun; while :; do sleep 0.05; done", [
    "until test -e /tmp/end; do sleep 0.01; done",
  ]);
  sandbox.startCommand();
  await new Promise((resolve) => void sandbox.stdout.once("data", resolve));
  sandbox.signal("SIGTERM");
  sandbox.killCommand();
  expect(await sandbox.commandExited).toMatchObject({ signal: "SIGKILL" });
  await sandbox.kill();
  expect(await sandbox.exited).toMatchObject({ signal: "SIGKILL" });
});

test("what they leave running ends with the sandbox", async () => {
  const sandbox = await startBeside("sleep 1000", ["setsid sleep 5471 & setsid sh -c 'trap : TERM INT HUP; sleep 5471; sleep 5471'"]);
  sandbox.startCommand();
  while (processesWith("sleep 5471").length + processesWith("sleep\x005471").length < 3) await new Promise(setImmediate);
  await sandbox.kill();
  await untilGone("5471");
  expect(await sandbox.besideExited[0]).toMatchObject({ signal: "SIGKILL" });
});

test("one that can't be run says so and ends", async () => {
  const sandbox = await startBeside("true", [], { beside: { programs: ["/opt/nothing"], hiddenVariables: [] } });
  const printed = text(sandbox.stderr);
  expect(await sandbox.besideExited[0]).toMatchObject({ code: 125 });
  await sandbox.kill();
  expect(await printed).toContain("run /opt/nothing: No such file or directory");
});
