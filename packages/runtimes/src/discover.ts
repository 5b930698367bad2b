import { access, constants, readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join } from "node:path";
import { runnableRuntimes } from "./catalog.ts";
import type { InterpreterCandidate } from "./interpreter.ts";

/** Where to look. */
export interface DiscoverOptions {
  /** `mayfly runtimes install` puts interpreters here: `<id>/bin/node`. */
  readonly runtimesFolder: string;
  /** A Node that comes with Mayfly. */
  readonly bundledNode?: string;
  readonly path?: string;
  readonly home?: string;
}

const names = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).sort((one, other) => one.localeCompare(other, "en", { numeric: true }));

async function usable(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return await realpath(path);
  } catch {
    return undefined;
  }
}

const pythonVersions = runnableRuntimes.filter(({ language }) => language === "python").map(({ version }) => version);

/** Folders of PATH, without those of version managers' shims: a shim is a script that takes longer than the interpreter. */
function searched(path: string): readonly string[] {
  const folders = [...path.split(":"), "/usr/local/bin", "/usr/bin"].filter((folder) => folder.startsWith("/"));
  return [...new Set(folders)].filter((folder) => basename(folder) !== "shims");
}

async function pythons(options: Required<Pick<DiscoverOptions, "path" | "home" | "runtimesFolder">>): Promise<InterpreterCandidate[]> {
  const versions = join(options.home, ".pyenv", "versions");
  const managed = (await names(versions)).toReversed().map((name) => join(versions, name, "bin"));
  const folders = [...searched(options.path), ...managed];
  const found: InterpreterCandidate[] = [];
  for (const version of pythonVersions) {
    for (const folder of [join(options.runtimesFolder, `python${version}`, "bin"), ...folders]) {
      const path = await usable(join(folder, `python${version}`));
      if (path !== undefined) found.push({ language: "python", path, version });
    }
  }
  return found;
}

async function nodes(options: DiscoverOptions & { readonly path: string; readonly home: string }): Promise<InterpreterCandidate[]> {
  const found: InterpreterCandidate[] = [];
  const add = async (path: string, version: string | undefined): Promise<void> => {
    const real = await usable(path);
    if (real !== undefined && !found.some((candidate) => candidate.path === real)) found.push({ language: "nodejs", path: real, version });
  };
  for (const name of await names(options.runtimesFolder)) {
    const major = /^nodejs(\d+)\.x$/.exec(name)?.[1];
    if (major !== undefined) await add(join(options.runtimesFolder, name, "bin", "node"), major);
  }
  if (options.bundledNode !== undefined)
    await add(options.bundledNode, options.bundledNode === process.execPath ? process.versions.node.split(".")[0] : undefined);
  const nvm = join(options.home, ".nvm", "versions", "node");
  for (const name of (await names(nvm)).toReversed()) await add(join(nvm, name, "bin", "node"), /^v(\d+)\./.exec(name)?.[1]);
  for (const folder of searched(options.path)) await add(join(folder, "node"), undefined);
  return found;
}

/** Finds what may be interpreters by looking at the file system alone: no process is started. */
export async function discoverInterpreters(options: DiscoverOptions): Promise<readonly InterpreterCandidate[]> {
  const { path = process.env["PATH"] ?? "", home = homedir() } = options;
  const all = await Promise.all([nodes({ ...options, path, home }), pythons({ path, home, runtimesFolder: options.runtimesFolder })]);
  return all.flat();
}
