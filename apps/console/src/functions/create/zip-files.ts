import { strToU8, zipSync, type Zippable } from "fflate";

/** Unix, a regular file, read by all: without it a zip made in a browser gives files that nobody may read. */
const readableByAll = 0o100644 * 2 ** 16;
const unix = 3;

/** A deployment package of text files by path. */
export function zipFiles(files: Readonly<Record<string, string>>): Uint8Array {
  const entries: Zippable = {};
  for (const [path, text] of Object.entries(files)) entries[path] = [strToU8(text), { os: unix, attrs: readableByAll }];
  return zipSync(entries);
}
