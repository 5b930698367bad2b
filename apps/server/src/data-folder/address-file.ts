import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const fileOf = (dataFolder: string): string => join(dataFolder, "address");

/** Writes DATA/address: the URL of the server that runs on the folder, for commands that talk to it. */
export function writeAddressFile(dataFolder: string, url: string): void {
  writeFileSync(fileOf(dataFolder), `${url}\n`, { mode: 0o600 });
}

/** The URL of the server that runs on the folder, or ran last if it was killed; undefined if none does. */
export function readAddressFile(dataFolder: string): string | undefined {
  try {
    return readFileSync(fileOf(dataFolder), "utf8").trim();
  } catch {
    return undefined;
  }
}

/** Removes it: the server ends. */
export function removeAddressFile(dataFolder: string): void {
  rmSync(fileOf(dataFolder), { force: true });
}
