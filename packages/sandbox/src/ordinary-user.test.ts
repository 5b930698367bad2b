import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const execute = promisify(execFile);

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
      'id -u; grep -c "CapEff:.0000000000000000" /proc/self/status; unshare -U true 2>/dev/null || echo refused; exec python3 -I -c \'import socket; x = b"a" * (40 << 20); print(socket.create_connection(("127.0.0.1", 9001)).recv(9).decode(), open("/var/task/try.mjs").read(6), open("/tmp/x", "w").writable())\'',
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
    expect(outcome).toMatchObject({ level: "reduced", said: "993\n1\nrefused\nhello import True", code: 0 });
    expect(outcome.peakMb).toBeGreaterThanOrEqual(40);
    expect(outcome.peakMb).toBeLessThan(100);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});
