import { readFileSync } from "node:fs";

/** Mayfly's own version, from this package's package.json. */
export const mayflyVersion = (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string })
  .version;
