import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { runtimeCatalog } from "./catalog.ts";
import { RuntimeInstallError } from "./install-error.ts";

const run = promisify(execFile);
const architectures: Readonly<Record<string, string>> = { x64: "x64", arm64: "arm64" };

function packageName(runtime: string): { readonly name: string; readonly major: string } {
  const facts = runtimeCatalog.get(runtime);
  if (facts === undefined) throw new RuntimeInstallError(`There is no runtime ${runtime}.`);
  if (facts.language !== "nodejs" || facts.refused) {
    const remedy =
      facts.language === "python"
        ? `Install Python ${facts.version} with the system's packages or with pyenv (pyenv install ${facts.version}); Mayfly finds it by itself.`
        : "Mayfly does not run it yet.";
    throw new RuntimeInstallError(`${runtime} can't be fetched by Mayfly. ${remedy}`);
  }
  const architecture = architectures[process.arch];
  if (process.platform !== "linux" || architecture === undefined)
    throw new RuntimeInstallError(`npm has no Node package for ${process.platform} on ${process.arch}.`);
  return { name: `node-linux-${architecture}`, major: facts.version };
}

const npm = async (args: readonly string[], cwd: string): Promise<unknown> => {
  try {
    return JSON.parse((await run("npm", [...args, "--json"], { cwd, maxBuffer: 16 * 1024 * 1024 })).stdout);
  } catch (error) {
    throw new RuntimeInstallError(`npm ${args[0]} failed: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`);
  }
};

/** The newest of npm's versions of that major; npm answers with one object or, for several versions, a list in ascending order. */
async function newestOf(name: string, major: string, cwd: string): Promise<{ readonly version: string; readonly integrity: string }> {
  const answer = await npm(["view", `${name}@${major}`, "version", "dist.integrity"], cwd);
  const last = (Array.isArray(answer) ? answer.at(-1) : answer) as Record<string, string> | undefined;
  if (typeof last?.["version"] !== "string" || typeof last["dist.integrity"] !== "string")
    throw new RuntimeInstallError(`npm has no ${name} of version ${major}.`);
  return { version: last["version"], integrity: last["dist.integrity"] };
}

async function checkIntegrity(file: string, integrity: string): Promise<void> {
  const [algorithm = "", expected = ""] = integrity.split(/-(.*)/s);
  const actual = createHash(algorithm)
    .update(await readFile(file))
    .digest("base64");
  if (actual !== expected) throw new RuntimeInstallError(`${basename(file)} is not what npm's registry says it is; nothing was installed.`);
}

/**
 * Fetches a Node runtime's interpreter with the user's own npm into `folder/<id>/bin/node`; all of it or nothing.
 * @returns the version that was installed
 * @throws RuntimeInstallError
 */
export async function installRuntime(runtime: string, folder: string): Promise<string> {
  const { name, major } = packageName(runtime);
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, ".install-"));
  try {
    const { version, integrity } = await newestOf(name, major, work);
    const packed = (await npm(["pack", `${name}@${version}`], work)) as readonly { readonly filename: string }[];
    const file = join(work, basename(packed[0]?.filename ?? ""));
    await checkIntegrity(file, integrity);
    const made = join(work, "made");
    await mkdir(made);
    await run("tar", ["-xzf", file, "-C", made, "--strip-components=1", "--no-same-owner", "package/bin/node", "package/LICENSE"]);
    const target = join(folder, runtime);
    await rm(target, { recursive: true, force: true });
    await rename(made, target);
    return version;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
