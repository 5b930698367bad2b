import { randomUUID } from "node:crypto";
import { waitFor } from "@mayfly/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answer, startTestEngine, type TestEngine } from "./testing/test-engine.ts";
import type { FunctionTarget } from "./types.ts";

let t: TestEngine;
beforeAll(async () => {
  t = await startTestEngine();
});
afterAll(() => t.close());

/** Resolves when a booted process waits that such a function can have. */
async function spareReady(of: string): Promise<void> {
  const isReady = () => t.engine.spares().some(({ runtime, waiting, booting }) => runtime === of && waiting > 0 && booting === 0);
  while (!isReady()) await new Promise(setImmediate);
}
const startOf = (target: FunctionTarget) => t.engine.starts().find(({ targetId }) => targetId === target.id);

const programs = {
  "nodejs24.x": {
    "index.mjs": `import { readdirSync, readFileSync, writeFileSync } from "node:fs";
export const handler = async (event, context) => {
  writeFileSync("/tmp/x", "1");
  return { v: process.env.V, cwd: process.cwd(), code: readdirSync("."), tmp: readFileSync("/tmp/x", "utf8"), argv: process.argv.length, name: context.functionName,
    environ: readFileSync("/proc/self/environ", "utf8").includes("SECRET"), access: process.env.AWS_ACCESS_KEY_ID, paths: process.env.NODE_PATH };
};`,
  },
  "python3.11": {
    "index.py": `import os, sys
def handler(event, context):
    open("/tmp/x", "w").write("1")
    return {"v": os.environ["V"], "cwd": os.getcwd(), "code": os.listdir("."), "tmp": open("/tmp/x").read(), "argv": len(sys.argv), "name": context.function_name,
        "environ": "SECRET" in open("/proc/self/environ").read(), "access": os.environ["AWS_ACCESS_KEY_ID"], "paths": sys.path[0]}
`,
  },
} as const;

test.each(Object.keys(programs) as (keyof typeof programs)[])(
  "a process of %s that was booted ahead becomes a function's own",
  async (runtime) => {
    const files = programs[runtime];
    const options = { runtime, functionName: "mine", environment: { V: "SECRET" } };
    const first = await t.target(files, options);
    expect(answer(await t.invoke(first))).toMatchObject({ v: "SECRET", name: "mine", access: "ASIATEST", environ: true });
    await spareReady(runtime);
    const second = await t.target(files, options);
    const result = await t.invoke(second);
    const file = Object.keys(files)[0];
    expect(answer(result)).toMatchObject({
      v: "SECRET",
      cwd: "/var/task",
      code: [file],
      tmp: "1",
      name: "mine",
      access: "ASIATEST",
      environ: false,
    });
    expect([startOf(first)?.phases?.pooled, startOf(second)?.phases?.pooled]).toEqual([false, true]);
    const { argv, paths } = answer(result) as { argv: number; paths: string };
    expect(answer(await t.invoke(first))).toMatchObject({ argv, paths });
    expect(result.report.initDurationMs).toBeGreaterThan(0);
  },
);

test("variables that an interpreter reads at its start are there at its start", async () => {
  const code = { "index.mjs": "export const handler = async () => process.execArgv.length + (process.title === 'named' ? 100 : 0);" };
  await t.invoke(await t.target(code));
  await spareReady("nodejs24.x");
  const target = await t.target(code, { environment: { NODE_OPTIONS: "--title=named" } });
  expect(answer(await t.invoke(target))).toBeGreaterThan(100);
  expect(startOf(target)?.phases?.pooled).toBe(false);
});

test("a waiting process serves one function only, with that function's memory", async () => {
  const code = {
    "index.py": "import os\ndef handler(e, c):\n    return os.getpid()\nB = b''\ndef eat(e, c):\n    return len(bytearray(300 * 2**20))\n",
  };
  const small = await t.target(code);
  await t.invoke(small);
  await spareReady("python3.11");
  const eater = await t.target(code, { handler: "index.eat", memorySizeMb: 128 });
  expect(answer(await t.invoke(eater))).toMatchObject({ errorType: "Runtime.OutOfMemory" });
  expect(startOf(eater)?.phases?.pooled).toBe(true);
  await spareReady("python3.11");
  const large = await t.target(code, { handler: "index.eat", memorySizeMb: 512 });
  expect(answer(await t.invoke(large))).toBe(300 * 2 ** 20);
  expect(startOf(large)?.phases?.pooled).toBe(true);
});

const sdkPrograms = {
  "index.cjs": `const before = Object.keys(require.cache).filter((file) => file.includes("@aws-sdk/client-sts/")).length;
const { STSClient } = require("@aws-sdk/client-sts");
exports.handler = async () => [before > 0, STSClient.name];`,
  "index.mjs": `import { createRequire } from "node:module";
const before = Object.keys(createRequire("/var/task/x.js").cache).filter((file) => file.includes("@aws-sdk/client-sts/")).length;
const { STSClient } = await import("@aws-sdk/client-sts");
export const handler = async () => [before > 0, STSClient.name];`,
} as const;

test.each(Object.entries(sdkPrograms).map(([file, text], at) => [file, text, 512 + at * 128] as const))(
  "a process that waits has loaded of the SDK what %s was seen to load, unless the function brings its own",
  async (file, text, memorySizeMb) => {
    const code = { [file]: text };
    const ready = (preloaded: string) => () =>
      t.engine
        .spares()
        .some(
          (kind) => kind.memorySizeMb === memorySizeMb && kind.preloaded.join() === preloaded && kind.waiting > 0 && kind.booting === 0,
        );
    const first = await t.target(code, { memorySizeMb });
    expect(answer(await t.invoke(first))).toEqual([false, "STSClient"]);
    // Code that was seen to load it gets a process of the plain kind once more, and from then on such ones are kept.
    const second = { ...first, id: randomUUID() };
    expect(answer(await t.invoke(second))).toEqual([false, "STSClient"]);
    await waitFor("one that has it loaded", ready("@aws-sdk/client-sts"), 20_000);
    const third = { ...first, id: randomUUID() };
    expect(answer(await t.invoke(third))).toEqual([true, "STSClient"]);
    expect(startOf(third)?.phases?.pooled).toBe(true);
    // Variables that the SDK reads when it is loaded are there then.
    const careful = { ...first, id: randomUUID(), environment: { READABLE_STREAM: "disable" } };
    expect(answer(await t.invoke(careful))).toEqual([false, "STSClient"]);
    const own = await t.target({
      ...code,
      "node_modules/@aws-sdk/client-sts/index.js": "exports.STSClient = class Own {};",
      "node_modules/@aws-sdk/client-sts/package.json": '{"main":"index.js"}',
    });
    for (const target of [own, { ...own, id: randomUUID() }]) expect(answer(await t.invoke(target))).toEqual([false, "Own"]);
  },
);
