import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { describe } from "./description.ts";
import {
  architectures,
  commandOf,
  launcherFolder,
  launcherOf,
  libraryOf,
  notRunnable,
  programNamed,
  sources,
} from "./testing/launchers.ts";
import { specOf } from "./testing/test-sandboxes.ts";

const execute = promisify(execFile);

function hash(paths: readonly string[]): string {
  const sum = createHash("sha256");
  for (const path of paths) sum.update(readFileSync(path));
  return sum.digest("hex");
}

const recorded = new Map(
  readFileSync(join(launcherFolder, "bin/SOURCE"), "utf8")
    .trim()
    .split("\n")
    .map((line) => [line.split(" ")[0], line.split(" ").slice(1)]),
);

test("the committed launchers were built from the committed sources", () => {
  expect(
    readdirSync(launcherFolder)
      .filter((name) => /\.[ch]$/.test(name))
      .sort(),
  ).toEqual([...sources()].sort());
  expect(hash(sources().map((name) => join(launcherFolder, name)))).toBe(recorded.get("sources")?.[0]);
  for (const architecture of architectures) {
    expect(hash([launcherOf(architecture)])).toBe(recorded.get(architecture)?.[0]);
    expect(hash([libraryOf(architecture)])).toBe(recorded.get(`${architecture}-zygote`)?.[0]);
  }
});

test("building them again gives the same bytes", { timeout: 180_000 }, async (context) => {
  const missing = ["gcc", "musl-gcc", "aarch64-linux-gnu-gcc"].filter((name) => programNamed(name) === undefined);
  if (missing.length > 0)
    return context.skip(`${missing.join(", ")} not installed (Debian: musl-tools, gcc-aarch64-linux-gnu, libc6-dev-arm64-cross).`);
  const compiler = (await execute("gcc", ["--version"])).stdout.split("\n")[0] ?? "";
  if (!recorded.get("x64")?.join(" ").endsWith(compiler))
    return context.skip(`They were built by another compiler than ${compiler}: see bin/SOURCE.`);
  const out = mkdtempSync(join(tmpdir(), "mayfly-build-"));
  await execute(join(launcherFolder, "build.sh"), [out]);
  for (const architecture of architectures) {
    expect(hash([join(out, architecture, "mayfly-launcher")])).toBe(recorded.get(architecture)?.[0]);
    expect(hash([join(out, architecture, "mayfly-zygote.so")])).toBe(recorded.get(`${architecture}-zygote`)?.[0]);
  }
  expect(readFileSync(join(out, "SOURCE"), "utf8")).toBe(readFileSync(join(launcherFolder, "bin/SOURCE"), "utf8"));
  rmSync(out, { recursive: true });
});

test.for(architectures)("the library for %s needs no libc of its own, and no name that one of them lacks", (architecture) => {
  const text = readFileSync(libraryOf(architecture), "latin1");
  expect(text).not.toMatch(/libc\.so|ld-musl|GLIBC_/);
  // glibc before 2.33 has no stat, and musl none of glibc's checked functions.
  expect(text).not.toMatch(/\0(?:[fl]?stat(?:64)?|__\w+_chk|__isoc23_\w+)\0/);
});

test.for(architectures)("the launcher for %s makes its sandbox, as far as an emulator lets it", (architecture, context) => {
  const command = commandOf(architecture);
  if (command === undefined) return context.skip(notRunnable(architecture));
  const folder = mkdtempSync(join(tmpdir(), "mayfly-launcher-"));
  const [program = "", ...words] = command;
  const input = describe(specOf("a", folder, ["/bin/sh", "-c", "echo started"]), { uid: 2_000_000 });
  const { status, stdout, stderr } = spawnSync(program, words, { input, encoding: "utf8", env: {} });
  rmSync(folder, { recursive: true });
  // QEMU runs one program, not a kernel: it knows no filters, nor an ordinary user's namespaces. All that comes before must have gone well.
  const isRoot = process.geteuid?.() === 0;
  const emulated = {
    status: 125,
    stderr: `mayfly-launcher: ${isRoot ? "install the system call filter" : "make namespaces"}: Invalid argument\n`,
  };
  expect({ status, stdout, stderr }).toMatchObject(words.length === 0 ? { status: 0, stdout: "started\n" } : emulated);
});
