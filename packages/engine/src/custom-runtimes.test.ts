import { chmod, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget } from "./types.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

const custom = { runtime: "provided.al2023", handler: "any.thing" } as const;

/** Speaks HTTP by bash alone, so that the machine needs no curl. */
const bootstrap = `#!/bin/bash
call() { # METHOD PATH BODY
  exec 3<>"/dev/tcp/\${AWS_LAMBDA_RUNTIME_API%:*}/\${AWS_LAMBDA_RUNTIME_API#*:}"
  printf '%s /2018-06-01/runtime/invocation/%s HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\nContent-Length: %s\\r\\n\\r\\n%s' "$1" "$2" "\${#3}" "$3" >&3
  answer=$(tr -d '\\r' <&3); exec 3>&-
}
echo "starting \${AWS_EXECUTION_ENV-without}"
while true; do
  call GET next
  id=$(sed -n 's/^lambda-runtime-aws-request-id: //Ip' <<<"$answer")
  call POST "$id/response" "{\\"event\\":$(tail -n1 <<<"$answer"),\\"handler\\":\\"$_HANDLER\\",\\"from\\":\\"$0\\",\\"in\\":\\"$PWD\\"}"
done
`;
const failureOf = async (target: FunctionTarget): Promise<unknown> => answer(await t.invoke(target, {}, { requestId: "r" }));
const invalid = (problem: string) => ({ errorType: "Runtime.InvalidEntrypoint", errorMessage: `RequestId: r Error: ${problem}` });

test.each(["provided.al2023", "provided.al2"])("a script is a runtime of %s", async (runtime) => {
  const target = await t.target({ bootstrap }, { ...custom, runtime });
  const first = await t.invoke(target, { n: 1 });
  expect(answer(first)).toEqual({ event: { n: 1 }, handler: "any.thing", from: "/var/task/bootstrap", in: "/var/task" });
  expect(answer(await t.invoke(target, [2]))).toMatchObject({ event: [2] });
  const log = t.logs.get(first.logStreamName)!;
  expect(log[0]).toMatch(`INIT_START Runtime Version: provided:${runtime.slice("provided.".length)}\tRuntime Version ARN: `);
  expect(log[1]).toBe("starting without\n");
});

test("a layer's program serves when the function has none, and the function's goes first", async () => {
  const optFolder = await t.folderOf({ bootstrap, "lib/data": "x" });
  expect(answer(await t.invoke(await t.target({ data: "" }, { ...custom, optFolder })))).toMatchObject({ from: "/opt/bootstrap" });
  expect(answer(await t.invoke(await t.target({ bootstrap }, { ...custom, optFolder })))).toMatchObject({ from: "/var/task/bootstrap" });
});

test("a link to the program, within the code and to what the system has", async () => {
  const target = await t.target({ "bin/start": bootstrap }, custom);
  await symlink("bin/start", join(target.codeFolder, "bootstrap"));
  expect(answer(await t.invoke(target))).toMatchObject({ in: "/var/task" });
  const broken = await t.target({}, custom);
  await symlink("/var/task/nothing", join(broken.codeFolder, "bootstrap"));
  expect(await failureOf(broken)).toEqual(invalid("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"));
});

test("no program", async () => {
  const result = await t.invoke(await t.target({ "README.md": "" }, custom), {}, { requestId: "r" });
  expect(answer(result)).toEqual(invalid("Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"));
  expect(result.functionError).toBe("Unhandled");
  expect(result.logTail.toString()).toMatch(
    /^START RequestId: r Version: \$LATEST\nRequestId: r Error: Couldn't find valid bootstrap\(s\): \[\/var\/task\/bootstrap \/opt\/bootstrap\]\nRuntime\.InvalidEntrypoint\nEND RequestId: r\nREPORT .*\tStatus: error\tError Type: Runtime\.InvalidEntrypoint\t\n$/,
  );
  const lines = t.logs.get(result.logStreamName)!;
  const initReport = (phase: string) =>
    `INIT_REPORT Init Duration: 0.00 ms\tPhase: ${phase}\tStatus: error\tError Type: Runtime.InvalidEntrypoint\n`;
  expect(lines[0]).toMatch(/^INIT_START Runtime Version: provided:al2023\t/);
  expect(lines.slice(1, 3)).toEqual([initReport("init"), initReport("invoke")]);
  expect(t.engine.environments().filter(({ state }) => state !== "idle")).toEqual([]);
});

test("a program that may not be run", async () => {
  const target = await t.target({ bootstrap }, custom);
  await chmod(join(target.codeFolder, "bootstrap"), 0o644);
  expect(await failureOf(target)).toEqual(invalid("fork/exec /var/task/bootstrap: permission denied"));
});

/** The head of a 64-bit ELF file for a machine, naming a loader. */
function elf(machine: number, loader: string): Buffer {
  const file = Buffer.alloc(256);
  file.write("\x7fELF\x02\x01\x01", "latin1");
  file.writeUInt16LE(machine, 18);
  file.writeBigUInt64LE(64n, 32);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(3, 64);
  file.writeBigUInt64LE(128n, 64 + 8);
  file.writeBigUInt64LE(BigInt(loader.length + 1), 64 + 32);
  file.write(loader, 128);
  return file;
}
const [own, other] = process.arch === "arm64" ? (["arm64", "x86_64"] as const) : (["x86_64", "arm64"] as const);
const machines = { x86_64: 62, arm64: 183 } as const;

test.each([
  ["for another machine", elf(machines[other], "/lib/x"), `exec format error: it is built for ${other}, this machine runs ${own}`],
  [
    "for a loader that is not here",
    elf(machines[own], "/lib/ld-other.so.1"),
    "no such file or directory: it needs the loader /lib/ld-other.so.1",
  ],
  ["that is cut short", elf(62, "").subarray(0, 20), "exec format error"],
  ["that is none", "#not\n", "exec format error"],
  ["that is empty", "", "exec format error"],
  ["edited on Windows", bootstrap.replaceAll("\n", "\r\n"), "no such file or directory: it needs the interpreter /bin/bash\\r"],
  ["whose interpreter is not here", "#! /opt/nothing -x\n", "no such file or directory: it needs the interpreter /opt/nothing"],
])("a program %s", async (_what, content, reason) => {
  const target = await t.target({ bootstrap: content }, custom);
  await chmod(join(target.codeFolder, "bootstrap"), 0o755);
  expect(await failureOf(target)).toEqual(invalid(`fork/exec /var/task/bootstrap: ${reason}`));
});

test("a program that ends before it asks for an event", async () => {
  const target = await t.target({ bootstrap: "#!/bin/sh\necho bye\nexit 3\n" }, custom);
  const result = await t.invoke(target, {}, { requestId: "r" });
  expect(answer(result)).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: "RequestId: r Error: Runtime exited with error: exit status 3",
  });
  expect(t.logs.get(result.logStreamName)!.filter((line) => line === "bye\n")).toHaveLength(2);
});

const wrapper = `#!/bin/sh
echo "wraps: $*"
export WRAPPED=yes
exec "$@"
`;

test.each([
  [
    "Node.js",
    { "index.js": "exports.handler = async () => process.env.WRAPPED", "wrap.sh": wrapper },
    /^wraps: \/\S+\/node .*\/var\/runtime\/bootstrap\.cjs\n$/,
  ],
  [
    "Python",
    { "index.py": "import os\ndef handler(e, c): return os.environ['WRAPPED']\n", "wrap.sh": wrapper },
    /^wraps: \/\S+\/python3\S* .*\/var\/runtime\/bootstrap\.py\n$/,
  ],
])("AWS_LAMBDA_EXEC_WRAPPER gets the start command of %s as its arguments", async (_language, files, line) => {
  const target = await t.target(files, { environment: { AWS_LAMBDA_EXEC_WRAPPER: "/var/task/wrap.sh" } });
  const result = await t.invoke(target);
  expect(answer(result)).toBe("yes");
  expect(t.logs.get(result.logStreamName)![1]).toMatch(line);
});

test("a wrapper that is not there, and one that may not be run", async () => {
  const files = { "index.py": "def handler(e, c): return 1\n", "wrap.sh": "echo\n" };
  const exited = async (path: string): Promise<unknown> => {
    const result = await t.invoke(await t.target(files, { environment: { AWS_LAMBDA_EXEC_WRAPPER: path } }), {}, { requestId: "r" });
    return [(answer(result) as { errorMessage: string }).errorMessage, t.logs.get(result.logStreamName)![1]];
  };
  const ended = "RequestId: r Error: Runtime exited with error: exit status";
  expect(await exited("/opt/none")).toEqual([`${ended} 127`, "/opt/none: does not exist\n"]);
  expect(await exited("/var/task/wrap.sh")).toEqual([`${ended} 126`, "/var/task/wrap.sh: is not an executable\n"]);
});
