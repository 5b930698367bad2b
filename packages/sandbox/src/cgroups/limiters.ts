import type { CgroupLimits } from "./types.ts";

/** How each limit is written to a sandbox's group. */
export type Limiters<Group> = { readonly [K in keyof CgroupLimits]: (group: Group, value: number) => void };

/** Writes those that are given. @throws Error if the kernel refuses */
export function setLimits<Group>(limiters: Limiters<Group>, group: Group, limits: Partial<CgroupLimits>): void {
  for (const [name, value] of Object.entries(limits) as [keyof CgroupLimits, number | undefined][]) {
    if (value !== undefined) limiters[name](group, value);
  }
}
