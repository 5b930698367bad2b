import { join } from "node:path";
import type { DiscoverOptions } from "@mayfly/runtimes";

/** Where interpreters are looked for beside those of the machine: what was installed into the data folder, and the Node that runs Mayfly itself. */
export const runtimesOf = (dataFolder: string): DiscoverOptions => ({
  runtimesFolder: join(dataFolder, "runtimes"),
  bundledNode: process.execPath,
});
