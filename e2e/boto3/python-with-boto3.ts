import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);
const pinnedBoto3 = "boto3==1.43.11";
const cacheFolder = fileURLToPath(new URL("../../.cache/", import.meta.url));

/** Environment in which `python3` can import boto3: the machine's own, or one from PyPI in a folder of this clone's. @throws Error if neither can be had */
export async function environmentWithBoto3(): Promise<Record<string, string>> {
  if (await imports({})) return {};
  const folder = join(cacheFolder, "boto3");
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(cacheFolder, { recursive: true });
    // A virtual environment brings pip along where the machine's Python has none of its own.
    const venv = `${unfinished}.venv`;
    await execute("python3", ["-m", "venv", venv]);
    await execute(
      join(venv, "bin/python3"),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", unfinished, pinnedBoto3],
      { timeout: 300_000 },
    );
    rmSync(venv, { recursive: true, force: true });
    renameSync(unfinished, folder);
  }
  const environment = { PYTHONPATH: folder };
  if (!(await imports(environment))) throw new Error(`boto3 was installed into ${folder} but can't be imported.`);
  return environment;
}

async function imports(environment: Record<string, string>): Promise<boolean> {
  return execute("python3", ["-c", "import boto3"], { env: { ...process.env, ...environment } }).then(
    () => true,
    () => false,
  );
}
