import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zygoteLibraryPath } from "@mayfly/sandbox";
import { waitFor } from "@mayfly/testkit";
import { zygotePids } from "./testing/zygote-pids.ts";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget } from "./types.ts";

const isRoot = process.geteuid?.() === 0;
let t: TestEngine;
/** What stands in for boto3: it knows which process loaded it, and when it was made. */
const sdk = {
  "boto3/__init__.py": "import os, botocore, uuid\nLOADED_BY = os.getpid()\nEDITION = 1\n",
  "botocore/__init__.py": "import urllib3\nHTTP = urllib3.NAME\n",
  "botocore/session.py": "NAME = __name__\n",
  "urllib3/__init__.py": "NAME = 'ours'\n",
};

async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

const sdkFolder = (): string => join(t.folder, "runtimes/boto3/3.10");

/** Resolves when a copy waits for a function. */
async function copyReady(): Promise<void> {
  await waitFor("a copy to wait", () => t.engine.spares().some(({ copies, booting }) => copies > 0 && booting === 0), 20_000);
}

/** Runs the function in a copy that had waited. */
async function inCopy(files: Readonly<Record<string, string | Buffer>>, options: Partial<FunctionTarget> = {}): Promise<unknown> {
  await copyReady();
  const target = await t.target(files, options);
  const result = answer(await t.invoke(target));
  expect(t.engine.starts().find(({ targetId }) => targetId === target.id)?.phases?.pooled).toBe(true);
  return result;
}

describe.skipIf(!isRoot)("functions of Python as copies of a zygote (only root has them)", () => {
  beforeAll(async () => {
    t = await startTestEngine();
    await put(sdkFolder(), sdk);
    await t.invoke(await t.target({ "index.py": "def handler(e, c):\n    pass\n" }));
    await copyReady();
  });
  afterAll(() => t.close());

  test("the SDK is loaded already, and shows once it is imported", async () => {
    const code = `import os, sys
BEFORE = sorted(name for name in sys.modules if name.split(".")[0] in ("boto3", "botocore", "urllib3"))
import boto3
def handler(event, context):
    import botocore.session
    return [BEFORE, boto3.LOADED_BY == os.getpid(), boto3.__spec__.loader is boto3.__loader__, boto3.__file__, botocore.session.NAME, sys.modules["urllib3"].NAME]
`;
    expect(await inCopy({ "index.py": code })).toEqual([
      [],
      false,
      true,
      "/var/sdk/boto3/3.10/boto3/__init__.py",
      "botocore.session",
      "ours",
    ]);
  });

  test("a copy is what a process that was started is: its sandbox, its limits, its outputs, its folders, its variables", async () => {
    const code = `import os, resource, signal, sys
def handler(event, context):
    status = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines())
    return {
        "kept": [status[name].strip() for name in ("CapPrm", "CapEff", "CapBnd", "CapInh", "CapAmb", "NoNewPrivs", "Seccomp", "Groups", "Umask")],
        "ids": len(set(status["Uid"].split() + status["Gid"].split())),
        "limits": [resource.getrlimit(which) for which in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_CORE)],
        "signals": [str(signal.getsignal(number)) for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGPIPE)],
        "files": [os.readlink("/proc/self/fd/" + name)[:5] for name in sorted(os.listdir("/proc/self/fd"))[:4]],
        "session": os.getsid(0) == os.getpid() == os.getpgid(0),
        "oom": open("/proc/self/oom_score_adj").read(),
        "groups": [line.split(":", 2)[2] for line in open("/proc/self/cgroup").read().splitlines() if "memory" in line or "pids" in line or line[0] == "0"],
        "root": sorted(os.listdir("/")), "cwd": os.getcwd(), "argv": sys.argv, "flags": str(sys.flags), "path": sys.path, "main": sorted(vars(sys.modules["__main__"])),
        "variables": {name: value for name, value in os.environ.items() if name not in ("AWS_LAMBDA_LOG_STREAM_NAME", "_X_AMZN_TRACE_ID")},
        "links": os.listdir("/sys/class/net") if os.path.exists("/sys") else None,
    }
`;
    const environment = { V: "1", PYTHONPATH: "/var/task/more" };
    // A variable that an interpreter reads at its start: so this one is no copy.
    const started = await t.target({ "index.py": code }, { environment: { ...environment, PYTHONNOUSERSITE: "1" } });
    const expected = answer(await t.invoke(started)) as { variables: Record<string, string> };
    delete expected.variables["PYTHONNOUSERSITE"];
    expect(await inCopy({ "index.py": code }, { environment })).toEqual({ ...expected, kept: expect.anything(), main: expect.anything() });
    expect(expected).toMatchObject({ kept: [...Array.from({ length: 5 }, () => "0".repeat(16)), "1", "2", "", "0022"] });
  });

  test("the function's own SDK goes before, as do parts of it, those of a layer, and those that come later", async () => {
    const report =
      "import os\ndef handler(event, context):\n    import boto3\n    return [boto3.LOADED_BY == os.getpid(), getattr(boto3, 'HTTP', None) or boto3.botocore.HTTP]\n";
    const own = "import os\nLOADED_BY = os.getpid()\nHTTP = 'own'\n";
    expect(await inCopy({ "index.py": report })).toEqual([false, "ours"]);
    expect(await inCopy({ "index.py": report, "boto3.py": own })).toEqual([true, "own"]);
    expect(await inCopy({ "index.py": report, "urllib3/__init__.py": "NAME = 'mine'\n" })).toEqual([true, "mine"]);
    const optFolder = await t.folderOf({ "python/boto3/__init__.py": own });
    expect(await inCopy({ "index.py": report }, { optFolder })).toEqual([true, "own"]);
    const later = `import sys\nopen("/tmp/boto3.py", "w").write(${JSON.stringify(own)})\nsys.path.insert(0, "/tmp")\n${report}`;
    expect(await inCopy({ "index.py": later })).toEqual([true, "own"]);
  });

  test("a module of the function's with the name of a standard one goes before it", async () => {
    const code = "import uuid\ndef handler(event, context):\n    import boto3\n    return [uuid.MINE, boto3.EDITION]\n";
    expect(await inCopy({ "index.py": code, "uuid.py": "MINE = True\n" })).toEqual([true, 1]);
    expect(await inCopy({ "uuid.py": code.replace("uuid.MINE", "uuid.__file__"), "x.txt": "" }, { handler: "uuid.handler" })).toEqual([
      "/var/task/uuid.py",
      1,
    ]);
  });

  test("libraries in the function's own folders are found", async () => {
    const library = await readFile(zygoteLibraryPath);
    const code =
      "import ctypes\ndef handler(event, context):\n    return [ctypes.CDLL(name)._name for name in ('libone.so', 'libtwo.so')]\n";
    const optFolder = await t.folderOf({ "lib/libtwo.so": library });
    expect(await inCopy({ "index.py": code, "lib/libone.so": library }, { optFolder })).toEqual(["libone.so", "libtwo.so"]);
  });

  test("what a copy logs is a process's log, in text and in JSON", async () => {
    const code =
      "import logging, boto3\nlogging.getLogger('mine').warning('%s', 'said')\nprint('printed')\ndef handler(event, context):\n    logging.error('failed')\n";
    const lines = (name: string): string => [...t.logs].flatMap(([stream, said]) => (stream.includes(name) ? said : [])).join("");
    for (const [logFormat, expected] of [
      ["Text", /\[WARNING\]\t\S+Z\t\tsaid\n/],
      ["JSON", /\{"timestamp": ?"\S+Z", ?"level": ?"WARNING", ?"message": ?"said", ?"logger": ?"mine"/],
    ] as const) {
      const name = `logs-${logFormat}`;
      await inCopy({ "index.py": code }, { functionName: name, logFormat });
      const id = t.engine.environments().findLast(({ target }) => target.functionName === name)!.id;
      await waitFor("its log", () => lines(id).includes("failed"));
      expect(lines(id)).toMatch(expected);
      expect(lines(id).match(/said/g)).toHaveLength(1);
      expect(lines(id)).toContain("printed");
    }
  });

  test("no two copies draw the same lots", async () => {
    const code = `import os, random, secrets, ssl, tempfile, uuid
def handler(event, context):
    return [random.random(), secrets.token_hex(), ssl.RAND_bytes(16).hex(), os.urandom(16).hex(), tempfile.mktemp(), str(uuid.uuid4()), str(uuid.uuid1())]
`;
    const [one, other] = [(await inCopy({ "index.py": code })) as string[], (await inCopy({ "index.py": code })) as string[]];
    expect(one).toHaveLength(7);
    expect(one.filter((lot, at) => lot === other[at])).toEqual([]);
  });

  test("each end of a copy is told as a process's is, and its memory is bounded", async () => {
    const ending = (statement: string, options?: Partial<FunctionTarget>) =>
      inCopy({ "index.py": `import os, time\ndef handler(event, context):\n    ${statement}\n` }, options);
    expect(await ending("os._exit(3)")).toMatchObject({
      errorType: "Runtime.ExitError",
      errorMessage: expect.stringMatching(/exit status 3$/),
    });
    expect(await ending("os.kill(os.getpid(), 9)")).toMatchObject({ errorMessage: expect.stringMatching(/signal: killed$/) });
    expect(await ending("time.sleep(60)", { timeoutMs: 300 })).toMatchObject({ errorType: "Sandbox.Timedout" });
    expect(await ending("bytearray(400 << 20)")).toMatchObject({ errorType: "Runtime.OutOfMemory" });
    expect(await ending("return os.system('sleep 60 & true') or [os.wait3(os.WNOHANG) for _ in ()]")).toEqual([]);
  });

  test("what a copy uses can be looked at", async () => {
    await copyReady();
    const target = await t.target({ "index.py": "B = bytearray(30 << 20)\ndef handler(event, context):\n    pass\n" });
    await t.invoke(target);
    const { id } = t.engine.environments().find(({ targetId }) => targetId === target.id)!;
    expect((await t.engine.usage(id))?.memoryBytes).toBeGreaterThan(30 << 20);
  });

  test("many at once are copies, each on its own", async () => {
    await copyReady();
    const code =
      "import boto3, os, time\ndef handler(event, context):\n    time.sleep(1)\n    return [boto3.LOADED_BY == os.getpid(), open('/proc/self/cgroup').read(), os.getuid(), os.environ['AWS_LAMBDA_LOG_STREAM_NAME']]\n";
    const target = await t.target({ "index.py": code });
    const answers = (await Promise.all(Array.from({ length: 12 }, () => t.invoke(target)))).map((result) => answer(result) as unknown[]);
    expect(answers.map(([own]) => own)).toEqual(answers.map(() => false));
    // How many there are depends on how busy the machine is; no two share a user.
    const [groups, users, environments] = [1, 2, 3].map((part) => new Set(answers.map((one) => one[part])).size);
    expect(environments).toBeGreaterThan(1);
    expect([groups, users]).toEqual([1, environments]);
  });

  test("another SDK that comes to the machine is the one that functions get", async () => {
    const code = "import boto3\ndef handler(event, context):\n    return boto3.EDITION\n";
    expect(await inCopy({ "index.py": code })).toBe(1);
    const next = join(t.folder, "next");
    await put(next, { ...sdk, "boto3/__init__.py": sdk["boto3/__init__.py"].replace("EDITION = 1", "EDITION = 22") });
    await rename(sdkFolder(), join(t.folder, "old"));
    await rename(next, sdkFolder());
    expect(await inCopy({ "index.py": code })).toBe(22);
    await copyReady();
    expect(
      await inCopy({ "index.py": `import os\n${code.replace("boto3.EDITION", "[boto3.EDITION, os.getpid() == boto3.LOADED_BY]")}` }),
    ).toEqual([22, expect.any(Boolean)]);
  });

  test("if the zygote ends, its copies end with it, and functions are started again", async () => {
    await copyReady();
    const code = { "index.py": "def handler(event, context):\n    return 'here'\n" };
    const target = await t.target(code);
    expect(answer(await t.invoke(target))).toBe("here");
    const before = zygotePids(t.cgroupName);
    expect(before.length).toBeGreaterThan(0);
    for (const pid of before) process.kill(pid, "SIGKILL");
    const isThere = (): boolean => t.engine.environments().some(({ targetId }) => targetId === target.id);
    await waitFor("the copies to end", () => !isThere() && t.engine.spares().every(({ copies }) => copies === 0), 10_000);
    expect(answer(await t.invoke(target))).toBe("here");
  });
});

test.skipIf(!isRoot)("an engine leaves no zygote behind", async () => {
  expect(zygotePids(t.cgroupName)).toEqual([]);
});
