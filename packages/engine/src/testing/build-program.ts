import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How a folder beside this file becomes a program. */
interface Build {
  readonly folder: string;
  readonly tool: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Where the program then lies. */
  readonly program: string;
}

/** On AWS's library for Go. */
export const goFunction: Build = {
  folder: "go-function",
  tool: "go",
  arguments: ["build", "-trimpath", "-buildvcs=false", "-ldflags=-s", "-o", "bootstrap", "."],
  environment: { CGO_ENABLED: "0", GOFLAGS: "-mod=readonly" },
  program: "bootstrap",
};

/** An extension, by what Go's own library has. */
export const goExtension: Build = { ...goFunction, folder: "go-extension", program: "bootstrap" };

/** On AWS's runtime for Rust. */
export const rustFunction: Build = {
  folder: "rust-function",
  tool: "cargo",
  arguments: ["build", "--locked"],
  environment: {},
  program: "target/debug/bootstrap",
};

async function sourceHash(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(await readFile(join(entry.parentPath, entry.name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Why the program can't be built on this machine; undefined if it can. */
export async function whyNotBuilt({ tool }: Build): Promise<string | undefined> {
  try {
    await run(tool, ["version"]);
    return undefined;
  } catch (error) {
    return `there is no ${tool} on this machine (${(error as NodeJS.ErrnoException).code ?? "it fails"})`;
  }
}

/** Builds it, in a folder that later runs use again. */
export async function build({ folder, tool, arguments: words, environment, program }: Build): Promise<Buffer> {
  const source = fileURLToPath(new URL(folder, import.meta.url));
  const work = join(tmpdir(), "mayfly-test-builds", `${folder}-${await sourceHash(source)}`);
  await mkdir(work, { recursive: true });
  await cp(source, work, { recursive: true, preserveTimestamps: true });
  await run(tool, words, { cwd: work, env: { ...process.env, ...environment }, maxBuffer: 16 * 1024 * 1024 });
  return readFile(join(work, program));
}
