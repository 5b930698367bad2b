import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerOptions } from "../config/options.ts";

/** The data folder cannot be used as asked. The message is one line for the user. */
class DataFolderProblem extends Error {
  override readonly name = "DataFolderProblem";
}

/**
 * Makes sure that the data folder is there (mode 0700) and answers its path. An ephemeral server gets a temporary folder, or one that was named but
 * is empty: it is removed at the end, so it must hold nothing of anybody's.
 * @throws DataFolderProblem
 */
export function prepareDataFolder({ data, ephemeral }: Pick<ServerOptions, "data" | "ephemeral">): string {
  if (data === undefined) return mkdtempSync(join(tmpdir(), "mayfly-"));
  try {
    if (ephemeral && existsSync(data) && readdirSync(data).length > 0) {
      throw new DataFolderProblem(
        `${data} is not empty, and --ephemeral would remove it at the end. Name an empty folder, or leave --data out.`,
      );
    }
    mkdirSync(data, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (error instanceof DataFolderProblem) throw error;
    throw new DataFolderProblem(`The data folder ${data} can't be made: ${(error as Error).message}. Choose another with --data DIR.`);
  }
  return data;
}
