import { existsSync } from "node:fs";
import { join } from "node:path";
import { attempt } from "./files.ts";
import type { Cgroups } from "./types.ts";
import { openV1 } from "./v1.ts";
import { openV2 } from "./v2.ts";

const mountPoint = "/sys/fs/cgroup";

/** Control groups of the version that can be written here; undefined if neither can. `name` tells Mayfly's groups from others'. */
export function openCgroups(name: string): Cgroups | undefined {
  const open = existsSync(join(mountPoint, "cgroup.controllers")) ? openV2 : openV1;
  return attempt(() => open(mountPoint, name), undefined);
}
