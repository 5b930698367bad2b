import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandboxFactory, type SandboxFactory } from "./index.ts";

/** What programs commonly do: each must get through the filter of system calls. All print "fine" at the end. */
const programs = {
  python: `import os, select, signal, socket, subprocess, tempfile, threading, time
out = []
threads = [threading.Thread(target=lambda: out.append(1)) for _ in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
assert len(out) == 8
assert subprocess.check_output(["/bin/sh", "-c", "echo sub"]) == b"sub\\n"
server = socket.socket(); server.bind(("127.0.0.1", 0)); server.listen(1)
client = socket.create_connection(server.getsockname()); peer, _ = server.accept(); client.sendall(b"x"); assert peer.recv(1) == b"x"
assert socket.getaddrinfo("localhost", 80)
poll = select.epoll(); poll.register(peer.fileno()); poll.poll(0)
with tempfile.TemporaryDirectory() as d:
  open(os.path.join(d, "a"), "w").close(); os.link(os.path.join(d, "a"), os.path.join(d, "b")); os.mkfifo(os.path.join(d, "f")); os.chmod(os.path.join(d, "a"), 0o600)
signal.setitimer(signal.ITIMER_REAL, 10); os.urandom(8); os.getloadavg(); time.sleep(0.001); os.nice(1)
pid = os.fork()
if pid == 0: os._exit(3)
assert os.waitpid(pid, 0)[1] >> 8 == 3
import asyncio, concurrent.futures, multiprocessing, resource, ssl, sqlite3
asyncio.new_event_loop().run_until_complete(asyncio.sleep(0))
with concurrent.futures.ThreadPoolExecutor(4) as pool: assert sum(pool.map(int, "123")) == 6
queue = multiprocessing.get_context("fork").SimpleQueue(); queue.put(1); assert queue.get() == 1
sqlite3.connect("/tmp/db").execute("create table t (a)"); ssl.create_default_context(); resource.getrlimit(resource.RLIMIT_CORE)
print("fine")`,
  node: `const { Worker } = require("node:worker_threads"), { execFileSync, spawn } = require("node:child_process"), fs = require("node:fs"), net = require("node:net");
(async () => {
  execFileSync("/bin/sh", ["-c", "true"]);
  await new Promise((resolve) => new Worker("require('node:crypto').randomBytes(8)", { eval: true }).on("exit", resolve));
  await require("node:dns/promises").lookup("localhost");
  await require("node:util").promisify(require("node:zlib").gzip)("x".repeat(1e5));
  const folder = fs.mkdtempSync("/tmp/x"); fs.writeFileSync(folder + "/a", ""); fs.linkSync(folder + "/a", folder + "/b"); fs.watch(folder).close(); fs.cpSync(folder, folder + "-2", { recursive: true }); fs.rmSync(folder, { recursive: true });
  const server = net.createServer((socket) => socket.end("x")).listen(0, "127.0.0.1", () => net.connect(server.address().port, "127.0.0.1").on("close", () => server.close()).resume());
  await new Promise((resolve) => server.on("close", resolve));
  const child = spawn("/bin/cat"); child.stdin.end("x"); await new Promise((resolve) => child.on("close", resolve));
  require("node:os").setPriority(1); require("node:os").networkInterfaces();
  console.log("fine");
})();`,
  java: `import java.net.*; import java.nio.file.*; import java.util.stream.*;
class Main { public static void main(String[] a) throws Exception {
  Thread t = new Thread(() -> {}); t.start(); t.join();
  if (IntStream.range(0, 100).parallel().sum() != 4950) throw new Exception();
  new ProcessBuilder("/bin/sh", "-c", "true").start().waitFor();
  InetAddress.getByName("localhost"); Files.walk(Files.createTempDirectory("x")).count();
  try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) { new Socket(s.getInetAddress(), s.getLocalPort()).close(); s.accept().close(); }
  System.gc(); System.out.println("fine");
} }`,
  bash: 'for i in 1 2 3; do (exit 3) & done; wait; x=$(printf %s "$(< /etc/hosts)" | cat | wc -c); cat <(echo y) > /dev/null; ulimit -a > /dev/null; mkfifo /tmp/f; trap : USR1; kill -USR1 $$; echo fine',
  perl: 'use IO::Socket; my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die; pipe(my $r, my $w); if (!fork) { exit 0 } wait; print `echo fine`;',
};

interface Interpreter {
  readonly name: string;
  readonly program: keyof typeof programs;
  readonly file: string;
  readonly words: readonly string[];
  /** Folders that belong to it, if they are no part of the system. */
  readonly homes?: readonly string[];
}

const pyenv = join(process.env["PYENV_ROOT"] ?? join(homedir(), ".pyenv"), "versions");
const jvm = "/usr/lib/jvm";
const list = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
const interpreters: Interpreter[] = (
  [
    {
      name: `node ${process.version}`,
      program: "node",
      file: realpathSync(process.execPath),
      words: ["-e"],
      homes: [dirname(realpathSync(process.execPath))],
    },
    { name: "system python3", program: "python", file: "/usr/bin/python3", words: ["-I", "-c"] },
    ...list(pyenv)
      .filter((version) => version.startsWith("3."))
      .map((version) => ({
        name: `python ${version}`,
        program: "python" as const,
        file: join(pyenv, version, "bin/python"),
        words: ["-c"],
        homes: [join(pyenv, version)],
      })),
    ...[...new Set(list(jvm).map((version) => basename(realpathSync(join(jvm, version)))))].map((version) => ({
      name: version,
      program: "java" as const,
      file: join(jvm, version, "bin/java"),
      words: ["-Xmx64m", "/tmp/code/Main.java"],
      // Debian's have their settings there.
      homes: list("/etc")
        .filter((entry) => entry.startsWith("java-"))
        .map((entry) => join("/etc", entry)),
    })),
    { name: "bash", program: "bash", file: "/usr/bin/bash", words: ["-c"] },
    { name: "perl", program: "perl", file: "/usr/bin/perl", words: ["-e"] },
  ] satisfies Interpreter[]
).filter(({ file }) => existsSync(file));

let factory: SandboxFactory;
let folder: string;
beforeAll(async () => {
  factory = await createSandboxFactory({ cgroupName: "mayfly-test" });
  folder = mkdtempSync(join(tmpdir(), "mayfly-interpreters-"));
  mkdirSync(join(folder, "code"));
  writeFileSync(join(folder, "code/Main.java"), programs.java);
  chmodSync(join(folder, "code"), 0o755);
});
afterAll(async () => {
  await factory.close();
  rmSync(folder, { recursive: true, force: true });
});

test.each(interpreters)("$name does its ordinary things", { timeout: 60_000 }, async ({ name, program, file, words, homes = [] }) => {
  const root = join(folder, name.replaceAll(/\W/g, "-"));
  mkdirSync(root);
  const sandbox = await factory.start({
    id: name.replaceAll(/\W/g, "-"),
    folder: root,
    mounts: [
      { kind: "tmpfs", target: "/tmp", sizeBytes: 32 * 1_048_576, mode: 0o1777 },
      { kind: "bind", source: join(folder, "code"), target: "/tmp/code", readOnly: true },
      ...homes.map((home) => ({ kind: "bind" as const, source: home, target: home, readOnly: true })),
    ],
    command: [file, ...words, ...(program === "java" ? [] : [programs[program]])],
    environment: { PATH: "/usr/bin:/bin" },
    workingDirectory: "/",
    listenPorts: [],
    memoryBytes: 1024 * 1_048_576,
    maxProcesses: 256,
    maxOpenFiles: 1024,
  });
  const [stdout, stderr, exit] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr), sandbox.exited]);
  expect({ stdout, stderr, ...exit }).toMatchObject({ stdout: "fine\n", code: 0 });
});
