import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { SandboxSpec } from "./index.ts";
import { createTestSandboxes } from "./testing/test-sandboxes.ts";

const sandboxes = createTestSandboxes();
const { start } = sandboxes;
const execute = promisify(execFile);

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
    const code = mkdtempSync(join(sandboxes.folder, "code-"));
    writeFileSync(join(code, "code.txt"), "code");
    chmodSync(code, 0o755);
    return code;
  }

  test("are seen by what runs already: read-only, writable and bounded, as they were asked for", async () => {
    expect(sandboxes.factory.canAttach).toBe(true);
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
      expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(join(sandboxes.folder, sandbox.id));
    } finally {
      await execute("umount", [join(code, "inner")]);
      await sandbox.kill();
    }
  });

  test("what can't be attached is an error that names it, and the sandbox goes on", async () => {
    const { sandbox, run } = await waiting();
    const attach = (source: string, target: string) => sandbox.attach([{ kind: "bind", source, target, readOnly: true }]);
    await expect(attach("/nowhere", "/opt")).rejects.toThrow("Could not find /nowhere on /opt: No such file or directory");
    await expect(attach(sandboxes.folder, "/usr")).rejects.toThrow("Could not attach to a folder that is not attachable");
    const code = codeFolder();
    await Promise.all([
      attach(code, "/opt"),
      expect(attach("/nowhere", "/tmp")).rejects.toThrow("Could not find"),
      attach(code, "/var/task"),
    ]);
    expect(await run("cat /opt/code.txt /var/task/code.txt")).toBe("codecode");
    await sandbox.kill();
    await expect(attach(sandboxes.folder, "/tmp")).rejects.toThrow("Nothing can be attached");
  });

  test("a sandbox that has no attachable folder takes none", async () => {
    const sandbox = await start(["/bin/sleep", "20"]);
    await expect(sandbox.attach([{ kind: "bind", source: sandboxes.folder, target: "/opt", readOnly: true }])).rejects.toThrow(
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
