import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe as suite, expect, test } from "vitest";
import { describe, describeAttach, describeStart } from "./description.ts";
import { architectures, commandOf, launcherFolder, notRunnable, programNamed, sources } from "./testing/launchers.ts";
import type { SandboxMount, SandboxSpec } from "./types.ts";

const isDrill = process.env["MAYFLY_DRILL"] === "1";
/** A drill's takes minutes. */
const timeout = 900_000;
const numRuns = isDrill ? 1_500 : 60;

const word = fc.string({ unit: "binary", maxLength: 20 }).filter((text) => !text.includes("\0"));
const path = fc
  .array(word.filter((part) => part !== ".."))
  .map((parts) => `/${parts.join("/")}`)
  .filter((text) => !/(^|\/)\.\.(\/|$)/.test(text));
const number = fc.nat();
const mount: fc.Arbitrary<SandboxMount> = fc.oneof(
  fc.record({ kind: fc.constant("bind" as const), source: path, target: path, readOnly: fc.boolean() }),
  fc.record({ kind: fc.constant("tmpfs" as const), target: path, sizeBytes: number, mode: fc.nat(0o7777) }),
);
const plain: fc.Arbitrary<SandboxSpec> = fc.record({
  id: fc.constant("fuzz"),
  folder: path,
  mounts: fc.array(mount),
  attachable: fc.array(path),
  command: fc.array(word, { minLength: 1, maxLength: 40 }),
  beside: fc.record({ programs: fc.array(path), hiddenVariables: fc.array(word) }),
  environment: fc.dictionary(word, word, { maxKeys: 8 }),
  workingDirectory: path,
  listenPorts: fc.array(fc.nat(65_535), { maxLength: 8 }),
  memoryBytes: number,
  maxProcesses: number,
  maxOpenFiles: number,
});
const alone = { programs: [], hiddenVariables: [] };
const spec: fc.Arbitrary<SandboxSpec> = fc.oneof(
  plain,
  fc.tuple(plain, path).map(([made, zygoteSocket]) => ({ ...made, zygoteSocket })),
  fc.tuple(plain, path).map(([made, copyOf]) => ({ ...made, copyOf, beside: alone })),
);
const words = fc
  .tuple(
    spec,
    fc.integer({ min: 1, max: 2 ** 31 }),
    fc.array(path, { maxLength: 8 }),
    fc.array(fc.oneof(fc.array(mount, { maxLength: 10 }), fc.constant("start")), { maxLength: 3 }),
    fc.option(fc.record({ bubblewrap: path }), { nil: {} }),
  )
  .map(([made, uid, cgroupFiles, orders, way]) =>
    Buffer.concat([
      describe(made, { uid, cgroupFiles, ...way }),
      ...orders.map((order) => (typeof order === "string" ? describeStart() : describeAttach(order))),
    ]),
  );

/** Something that somebody who gets a description wrong might send. */
const mutated = fc
  .tuple(
    words,
    fc.array(fc.tuple(fc.constantFrom("flip", "cut", "drop", "double", "swap", "insert"), fc.nat(), fc.uint8Array({ maxLength: 40 })), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([start, changes]) =>
    changes.reduce<Buffer>((bytes, [kind, where, extra]) => mutations[kind](bytes, where % (bytes.length + 1), Buffer.from(extra)), start),
  );
type Mutation = (bytes: Buffer, at: number, extra: Buffer) => Buffer;
const mutations: Readonly<Record<"flip" | "cut" | "drop" | "double" | "swap" | "insert", Mutation>> = {
  flip: (bytes, at) => Buffer.from(bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte))),
  cut: (bytes, at) => bytes.subarray(0, at),
  drop: (bytes, at) => editWords(bytes, at, (list, index) => list.splice(index, 1)),
  double: (bytes, at) => editWords(bytes, at, (list, index) => list.splice(index, 0, list[index] ?? "")),
  swap: (bytes, at) => editWords(bytes, at, (list, index) => list.splice(0, 2, list[index] ?? "", list[0] ?? "")),
  insert: (bytes, at, extra) => Buffer.concat([bytes.subarray(0, at), extra, bytes.subarray(at)]),
};

function editWords(bytes: Buffer, at: number, edit: (list: string[], index: number) => unknown): Buffer {
  const list = bytes.toString("latin1").split("\0");
  edit(list, at % list.length);
  return Buffer.from(list.join("\0"), "latin1");
}

/** Lets a launcher read its input to the end. */
function check([program = "", ...parameters]: readonly string[], input: Buffer) {
  const { status, signal, stderr } = spawnSync(program, [...parameters, "check"], { input, encoding: "latin1", env: {}, timeout: 20_000 });
  return { status, signal, stderr };
}

function expectAnswer(launcher: readonly string[], input: Buffer): void {
  const { status, signal, stderr } = check(launcher, input);
  expect({ status: status === 0 || status === 125, signal }).toEqual({ status: true, signal: null });
  expect(stderr).toMatch(status === 0 ? /^$/ : /^mayfly-launcher: /);
}

suite.each(architectures)("the launcher for %s", { timeout }, (architecture) => {
  const launcher = commandOf(architecture) ?? [];
  const runs = architecture === process.arch ? numRuns : Math.ceil(numRuns / 10);

  test("understands every description and order that can be made", (context) => {
    if (launcher.length === 0) return context.skip(notRunnable(architecture));
    fc.assert(
      fc.property(words, (input) => {
        expect(check(launcher, input)).toEqual({ status: 0, signal: null, stderr: "" });
      }),
      { numRuns: runs },
    );
  });

  test("answers whatever else it is told", (context) => {
    if (launcher.length === 0) return context.skip(notRunnable(architecture));
    fc.assert(
      fc.property(mutated, (input) => expectAnswer(launcher, input)),
      { numRuns: runs },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (input) => expectAnswer(launcher, Buffer.from(input))),
      { numRuns: runs },
    );
  });
});

suite("built with sanitizers", { timeout }, () => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-sanitized-"));
  const launcher = join(folder, "launcher");
  const compiler = programNamed("gcc");
  beforeAll(() => {
    if (compiler === undefined) return;
    const files = sources().filter((name) => name.endsWith(".c"));
    const built = spawnSync(
      compiler,
      ["-std=c17", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover", "-o", launcher, ...files],
      { cwd: launcherFolder, encoding: "utf8" },
    );
    if (built.status !== 0) throw new Error(built.stderr);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("it touches nothing that it shouldn't while it reads", (context) => {
    if (compiler === undefined) return context.skip("gcc is not installed.");
    fc.assert(
      fc.property(mutated, (input) => expectAnswer([launcher], input)),
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });
});

const complete = ["root", "/r", "cwd", "/", "hostname", "s", "uid", "7", "arg", "/bin/true"];
test.each([
  ["nothing", [], "the description is incomplete root, cwd, hostname, uid and arg are needed"],
  ["a key without its value", [...complete, "ro", "/a"], "a value is missing in the description ro"],
  ["an unknown key", [...complete, "sudo", "1"], "the description has an unknown key sudo"],
  ["an order that is none", [...complete, "end", "detach"], "an order has an unknown key detach"],
  ["a path that is relative", [...complete, "ro", "a", "/b"], "a path of the description is not absolute a"],
  ["a path that climbs", [...complete, "ro", "/a", "/b/../c"], "a path of the description is not absolute /b/../c"],
  ["a path that ends by climbing", [...complete, "attachable", "/a/.."], "a path of the description is not absolute /a/.."],
  ["a number that is none", [...complete, "listen", "90a"], "a number was expected in the description listen"],
  ["a number below zero", [...complete, "open-files", "-1"], "a number was expected in the description open-files"],
  ["a size with options", [...complete, "tmpfs", "/tmp", "1,uid=0", "755"], "a number was expected in the description tmpfs"],
  ["an order to start mounts", [...complete, "end", "ro", "/a", "/b", "start"], "an order has an unknown key start"],
  [
    "too many programs",
    [...complete, ...Array.from({ length: 17 }, () => ["beside", "/a"]).flat()],
    "the description holds too many beside",
  ],
  [
    "a copy that is a zygote",
    [...complete, "zygote", "/a", "copy-of", "/b", "end"],
    "the description asks for too much a copy is no zygote and runs alone",
  ],
  [
    "a copy with programs beside it",
    [...complete, "copy-of", "/b", "beside", "/a", "end"],
    "the description asks for too much a copy is no zygote and runs alone",
  ],
  ["a program that is relative", [...complete, "beside", "a"], "a path of the description is not absolute a"],
  ["too many mounts", [...complete, ...Array.from({ length: 65 }, () => ["ro", "/a", "/b"]).flat()], "the description holds too many ro"],
  ["too much", [...complete, "arg", "x".repeat(300_000)], "read the description standard input"],
])("%s is refused by name", (_what, list, message) => {
  const { status, stderr } = check(commandOf(process.arch as "x64" | "arm64") ?? [], Buffer.from(list.map((text) => `${text}\0`).join("")));
  expect({ status, stderr }).toEqual({ status: 125, stderr: expect.stringContaining(`mayfly-launcher: ${message}: `) });
});
