import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { extract } from "tar";
import { dataFolderOf } from "../config/options.ts";

/** `mayfly restore FILE`: fills a data folder that is empty or not there. It appears whole or not at all. */
export async function runRestore(file: string, { data }: { data?: string }): Promise<number> {
  const folder = dataFolderOf(data);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    console.error(`${folder} is not empty. Name another folder with --data DIR, or empty this one with \`mayfly reset\`.`);
    return 1;
  }
  let work: string | undefined;
  try {
    mkdirSync(dirname(folder), { recursive: true });
    work = mkdtempSync(join(dirname(folder), ".mayfly-restore-"));
    await extract({ file: resolve(file), cwd: work, strict: true });
    if (!existsSync(join(work, "version")) || !existsSync(join(work, "key"))) throw new Error(`${file} is not a backup of Mayfly.`);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(work, folder);
    console.log(`${folder} was restored from ${resolve(file)}.`);
    return 0;
  } catch (error) {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
    console.error(`Nothing was restored: ${(error as Error).message}`);
    return 1;
  }
}
