import { existsSync, rmSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { join } from "node:path";
import { openDatabase } from "@mayfly/db";
import { dataFolderOf } from "../config/options.ts";

/** `mayfly reset`: removes the data folder, after asking. A server that runs on it keeps it. */
export async function runReset({ data, yes = false }: { data?: string; yes?: boolean }): Promise<number> {
  const folder = dataFolderOf(data);
  if (!existsSync(join(folder, "version"))) {
    console.error(`${folder} is not a data folder of Mayfly; nothing was removed.`);
    return 1;
  }
  if (!yes && !(await confirmed(folder))) {
    console.error("Nothing was removed.");
    return 1;
  }
  try {
    // Opening takes the folder's lock: whoever holds it is named, and nothing is pulled from under a running server.
    await (await openDatabase({ folder })).close();
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(`${folder} was removed.`);
  return 0;
}

async function confirmed(folder: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error("Say --yes to remove it without being asked.");
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Remove every function, role and log in ${folder}? Type "reset" to confirm: `);
  terminal.close();
  return answer.trim() === "reset";
}
