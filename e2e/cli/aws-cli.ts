import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** What the suite installs when the machine has no CLI that reads AWS_ENDPOINT_URL. */
const pinnedCli = "awscli==1.45.11";
const cacheFolder = fileURLToPath(new URL("../../.cache/", import.meta.url));

/** An aws CLI and how new it is. */
export interface AwsCli {
  readonly path: string;
  readonly version: string;
  /** 2.13 and 1.29 brought AWS_ENDPOINT_URL. */
  readonly readsEndpointVariable: boolean;
}

/** Every aws CLI on PATH and in the usual places. */
export async function installedClis(): Promise<AwsCli[]> {
  const folders = new Set([...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"]);
  const paths = [...folders].map((folder) => join(folder, "aws")).filter((path) => existsSync(path));
  const found = await Promise.all(paths.map((path) => describeCli(path)));
  return found.filter((cli) => cli !== undefined);
}

/** A CLI that reads AWS_ENDPOINT_URL: the machine's, or one installed from PyPI into a folder of this clone's. @throws Error if neither can be had */
export async function currentCli(): Promise<AwsCli> {
  const installed = (await installedClis()).find((cli) => cli.readsEndpointVariable);
  return installed ?? installCli();
}

async function installCli(): Promise<AwsCli> {
  const folder = join(cacheFolder, "awscli");
  const path = join(folder, "bin/aws");
  if (!existsSync(path)) {
    const unfinished = `${folder}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(cacheFolder, { recursive: true });
    await execute("python3", ["-m", "venv", unfinished]);
    await execute(join(unfinished, "bin/python3"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", pinnedCli], {
      timeout: 300_000,
    });
    // A virtual environment's scripts name its folder: it is made where it stays.
    await execute("sed", ["-i", `1s|${unfinished}|${folder}|`, join(unfinished, "bin/aws")]);
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      // Another test file was quicker.
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(path)) throw error;
    }
  }
  const cli = await describeCli(path);
  if (cli === undefined) throw new Error(`${pinnedCli} was installed into ${folder} but does not run.`);
  return cli;
}

async function describeCli(path: string): Promise<AwsCli | undefined> {
  try {
    const { stdout, stderr } = await execute(path, ["--version"]);
    const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(stdout + stderr) ?? [];
    if (major === undefined || minor === undefined) return undefined;
    const readsEndpointVariable = Number(major) > 2 || (major === "2" && Number(minor) >= 13) || (major === "1" && Number(minor) >= 29);
    return { path, version: `${major}.${minor}`, readsEndpointVariable };
  } catch {
    // A broken installation is as good as none.
    return undefined;
  }
}
