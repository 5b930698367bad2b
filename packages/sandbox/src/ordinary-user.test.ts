import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBubblewrap } from "./ways.ts";

const execute = promisify(execFile);
const ordinaryUser = 65534;
const isRoot = process.geteuid?.() === 0;
const own = mkdtempSync(join(tmpdir(), "mayfly-user-"));

// The checkout may be closed to others: the package and Node go where they can read them.
beforeAll(async () => {
  if (!isRoot) return;
  await execute("cp", ["-r", join(import.meta.dirname, ".."), join(own, "sandbox")]);
  await execute("cp", [process.execPath, join(own, "node")]);
  await execute("chown", ["-R", `${ordinaryUser}:${ordinaryUser}`, own]);
});
afterAll(() => rmSync(own, { recursive: true, force: true }));

/** Runs a program of Node's as an ordinary user, behind `words`; answers what it printed, as JSON. */
async function runAsUser(name: string, script: string, words: readonly string[] = []): Promise<Record<string, unknown>> {
  const file = join(own, `${name}.mjs`);
  writeFileSync(file, script);
  const become = [`--reuid=${ordinaryUser}`, `--regid=${ordinaryUser}`, "--clear-groups"];
  const { stdout } = await execute("setpriv", [...become, ...words, join(own, "node"), "--disable-warning=ExperimentalWarning", file], {
    env: { PATH: "/usr/bin:/bin" },
    cwd: own,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

function specOf(name: string, script: string) {
  const folder = join(own, `${name}-root`);
  mkdirSync(folder);
  return {
    id: name,
    folder,
    mounts: [],
    command: ["/bin/sh", "-c", script],
    environment: { PATH: "/usr/bin:/bin" },
    workingDirectory: "/",
    listenPorts: [9001],
    memoryBytes: 128 << 20,
    maxProcesses: 20,
    maxOpenFiles: 64,
  };
}

test("an ordinary user's factory hands out listeners, attaches mounts and measures memory", async (context) => {
  if (!isRoot) return context.skip("The other tests ran as an ordinary user already.");
  const spec = {
    ...specOf(
      "launcher",
      'id -u; grep -c "CapEff:.0000000000000000" /proc/self/status; unshare -U true 2>/dev/null || echo refused; exec python3 -I -c \'import socket; x = b"a" * (40 << 20); print(socket.create_connection(("127.0.0.1", 9001)).recv(9).decode(), open("/var/task/launcher.mjs").read(6), open("/tmp/x", "w").writable())\'',
    ),
    attachable: ["/var/task", "/tmp"],
  };
  const outcome = await runAsUser(
    "launcher",
    `import { text } from "node:stream/consumers";
     import { createSandboxFactory } from "./sandbox/src/index.ts";
     const factory = await createSandboxFactory({ cgroupName: "mayfly-test" });
     const sandbox = await factory.start(${JSON.stringify(spec)});
     let peak;
     sandbox.listeners.get(9001).on("connection", async (socket) => {
       peak = await sandbox.peakMemoryBytes();
       await sandbox.attach([{ kind: "bind", source: process.cwd(), target: "/var/task", readOnly: true }, { kind: "tmpfs", target: "/tmp", sizeBytes: 65536, mode: 0o1777 }]);
       socket.end("hello");
     });
     const [said, exit] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
     console.log(JSON.stringify({ level: factory.support.level, said: said.trim(), code: exit.code, peakMb: Math.round(peak / 1048576) }));`,
  );
  expect(outcome).toMatchObject({ level: "reduced", said: "993\n1\nrefused\nhello import True", code: 0 });
  expect(outcome["peakMb"]).toBeGreaterThanOrEqual(40);
  expect(outcome["peakMb"]).toBeLessThan(100);
});

/** Runs its arguments where unshare is refused, by which the launcher makes namespaces; bubblewrap makes them by clone. */
const withoutUnshare = `import ctypes, os, platform, struct, sys
number, architecture = {"x86_64": (272, 0xC000003E), "aarch64": (97, 0xC00000B7)}[platform.machine()]
rules = [(0x20, 0, 0, 4), (0x15, 0, 3, architecture), (0x20, 0, 0, 0), (0x15, 0, 1, number), (6, 0, 0, 0x50001), (6, 0, 0, 0x7FFF0000)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
class Program(ctypes.Structure):
    _fields_ = [("size", ctypes.c_ushort), ("code", ctypes.c_void_p)]
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, ctypes.byref(Program(len(rules), ctypes.addressof(code)))) == 0
os.execv(sys.argv[1], sys.argv[1:])`;

test("where only bubblewrap is let make namespaces, that is used, and what is lost by it is said", async (context) => {
  if (!isRoot) return context.skip("Only root can become another user.");
  if (findBubblewrap() === undefined) return context.skip("bubblewrap is not installed.");
  const spec = specOf(
    "bubblewrap",
    'id -u; grep -c "Cap...:.0000000000000000" /proc/self/status; echo 0 0 1 2> /dev/null > /proc/self/projid_map || echo closed; exec python3 -I -c \'import socket; print(socket.create_connection(("127.0.0.1", 9001)).recv(9).decode())\'',
  );
  const outcome = await runAsUser(
    "bubblewrap",
    `import { text } from "node:stream/consumers";
     import { createSandboxFactory } from "./sandbox/src/index.ts";
     const factory = await createSandboxFactory({ cgroupName: "mayfly-test" });
     const sandbox = await factory.start(${JSON.stringify(spec)});
     sandbox.listeners.get(9001).on("connection", (socket) => socket.end("hello"));
     const [said, { code }] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
     const { way, mechanisms } = factory.support;
     const launcher = mechanisms.find(({ id }) => id === "launcher");
     const lost = mechanisms.filter(({ used }) => !used).map(({ id }) => id);
     console.log(JSON.stringify({ way, canAttach: factory.canAttach, launcher, lost, said, code }));`,
    ["/usr/bin/python3", "-I", "-c", withoutUnshare],
  );
  expect(outcome).toEqual({
    way: "bubblewrap",
    canAttach: false,
    launcher: expect.objectContaining({ available: false, used: false, remedy: expect.stringContaining("user namespaces") }),
    lost: ["launcher", "attaching", "copying", "fileCount", "uids", "memory", "cpu"],
    said: "993\n5\nclosed\nhello\n",
    code: 0,
  });
});
