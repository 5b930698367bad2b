import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Bench } from "../bench.ts";

/** Longest that fetching one rival may take. Milliseconds. */
const installTimeoutMs = 240_000;

const cacheFolder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "mayfly-bench");

/** Where a rival lies, by its name and version; it is kept from run to run. */
export const rivalFolder = (name: string): string => join(cacheFolder, name);

/** Installs packages of npm, by their exact versions, running no script of theirs. @throws Error */
export const installFromNpm = (bench: Bench, name: string, packages: readonly string[]): Promise<void> =>
  installOnce(bench, name, ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", ".", ...packages]);

/** Installs a package of PyPI by its exact version, with what it needs. @throws Error */
export const installFromPyPi = (bench: Bench, name: string, interpreter: string, packageName: string): Promise<void> =>
  installOnce(bench, name, [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", ".", packageName]);

async function installOnce(bench: Bench, name: string, command: readonly string[]): Promise<void> {
  const folder = rivalFolder(name);
  const mark = join(folder, ".installed");
  if (existsSync(mark)) return;
  if (!bench.limits.mayFetch) throw new Error("not there yet, and a quick run fetches nothing");
  bench.say(`nothing while ${name} is being fetched`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run(command, folder);
  writeFileSync(mark, "");
}

/** @throws Error with the last line that it printed */
function run([program = "", ...words]: readonly string[], folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: installTimeoutMs,
      killSignal: "SIGKILL",
    });
    let output = "";
    const onOutput = (chunk: Buffer): void => void (output = `${output}${chunk.toString()}`.slice(-10_000));
    child.stdout.on("data", onOutput);
    child.stderr.on("data", onOutput);
    child.once("error", (error) => reject(new Error(`can't be fetched: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`can't be fetched: ${output.trim().split("\n").at(-1) ?? ""} (${signal ?? code})`));
    });
  });
}
