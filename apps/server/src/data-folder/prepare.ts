import { existsSync, mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerOptions } from "../config/options.ts";

/** The data folder cannot be used as asked. The message is one line for the user. */
class DataFolderProblem extends Error {
  override readonly name = "DataFolderProblem";
}

/**
 * Answers the data folder's path; the database makes the folder. An ephemeral server gets a temporary folder, or one that was named but is empty: it is
 * removed at the end, so it must hold nothing of anybody's.
 * @throws DataFolderProblem
 */
export function prepareDataFolder({ data, ephemeral }: Pick<ServerOptions, "data" | "ephemeral">): string {
  if (data === undefined) return mkdtempSync(join(tmpdir(), "mayfly-"));
  if (ephemeral && existsSync(data) && (!statSync(data).isDirectory() || readdirSync(data).length > 0)) {
    throw new DataFolderProblem(
      `${data} is not empty, and --ephemeral would remove it at the end. Name an empty folder, or leave --data out.`,
    );
  }
  return data;
}
