import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { compareVersions } from "./catalog.ts";
import { discoverInterpreters, type DiscoverOptions } from "./discover.ts";
import { RuntimeInstallError } from "./install-error.ts";
import type { InterpreterCandidate } from "./interpreter.ts";
import type { RuntimeMount } from "./runtimes.ts";

const run = promisify(execFile);

/** No boto3 runs on every Python: there is one for each of these and what is newer, up to the next. The bootstrap chooses likewise. */
const boto3Sets = ["3.8", "3.10"] as const;
type Boto3Set = (typeof boto3Sets)[number];

const insideFolder = "/var/sdk/boto3";
const folderOf = (runtimesFolder: string): string => join(runtimesFolder, "boto3");
const lockOf = (set: Boto3Set): string => fileURLToPath(new URL(`../boto3/${set}.txt`, import.meta.url));

/** The set that a Python's functions get. */
const boto3SetOf = (version: string): Boto3Set => (compareVersions(version, "3.10") >= 0 ? "3.10" : "3.8");

/** Where Python functions find boto3 once it is installed. The folder is shown empty before, so that sandboxes that run already see it come. */
export async function boto3Mount(runtimesFolder: string): Promise<RuntimeMount> {
  const source = folderOf(runtimesFolder);
  await mkdir(source, { recursive: true });
  return { source, target: insideFolder };
}

/** The installed boto3's version, by set. */
export async function installedBoto3(runtimesFolder: string): Promise<ReadonlyMap<Boto3Set, string>> {
  const found = new Map<Boto3Set, string>();
  for (const set of boto3Sets) {
    const names = await readdir(join(folderOf(runtimesFolder), set)).catch(() => []);
    const version = names.map((name) => /^boto3-(.+)\.dist-info$/.exec(name)?.[1]).find((text) => text !== undefined);
    if (version !== undefined) found.set(set, version);
  }
  return found;
}

async function pythonWithPip(candidates: readonly InterpreterCandidate[]): Promise<string> {
  for (const { path } of candidates) {
    const hasPip = await run(path, ["-m", "pip", "--version"]).then(
      () => true,
      () => false,
    );
    if (hasPip) return path;
  }
  throw new RuntimeInstallError(
    "No Python of this machine has pip, which fetches boto3. Install it, e.g. with the system's package python3-pip.",
  );
}

async function fetchSet(python: string, set: Boto3Set, folder: string): Promise<void> {
  const from = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--ignore-requires-python", "-r", lockOf(set)];
  try {
    await run(python, ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--target", folder, ...from]);
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? error).trim();
    throw new RuntimeInstallError(`pip could not fetch boto3; nothing was installed.\n${said}`);
  }
}

/** Sandboxes can't write here: what isn't compiled now would be compiled at every start. Names in traces are those inside. */
async function compileFor(pythons: readonly InterpreterCandidate[], set: Boto3Set, folder: string): Promise<void> {
  const newest = new Map(pythons.map(({ version, path }) => [version ?? "", path]));
  for (const [version, path] of newest) {
    if (boto3SetOf(version) === set) await run(path, ["-m", "compileall", "-q", "-d", `${insideFolder}/${set}`, folder]).catch(() => {});
  }
}

/**
 * Fetches boto3 from PyPI with the user's own pip, each package by its hash, for every Python; all of it or nothing.
 * @returns the versions, for people
 * @throws RuntimeInstallError
 */
export async function installBoto3(options: DiscoverOptions): Promise<string> {
  const pythons = (await discoverInterpreters(options)).filter(({ language }) => language === "python");
  const python = await pythonWithPip(pythons);
  await mkdir(options.runtimesFolder, { recursive: true });
  const work = await mkdtemp(join(options.runtimesFolder, ".install-"));
  try {
    for (const set of boto3Sets) {
      await fetchSet(python, set, join(work, set));
      await compileFor(pythons, set, join(work, set));
    }
    const { source } = await boto3Mount(options.runtimesFolder);
    for (const set of boto3Sets) {
      await rename(join(source, set), join(work, `old-${set}`)).catch(() => {});
      await rename(join(work, set), join(source, set));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return boto3Text(await installedBoto3(options.runtimesFolder));
}

/** The versions of the sets, for people. */
export const boto3Text = (installed: ReadonlyMap<Boto3Set, string>): string =>
  [...installed].map(([set, version]) => `${version} for Python ${set === "3.8" ? "3.8 and 3.9" : "3.10 and newer"}`).join(", ");
