import type { Runtimes } from "@mayfly/runtimes";
import type { FunctionTarget } from "../types.ts";
import { findEntrypoint, type Entrypoint } from "./entrypoint.ts";

/** How each target is started. */
export interface Entrypoints {
  /** Undefined if the machine has no interpreter for it. Looked for once, as a target's code never changes. */
  of(target: FunctionTarget): Promise<Entrypoint | undefined>;
}

/** Finds and remembers them for as long as the targets live. */
export function createEntrypoints(runtimes: Runtimes): Entrypoints {
  const known = new WeakMap<FunctionTarget, Promise<Entrypoint | undefined>>();
  const find = async (target: FunctionTarget): Promise<Entrypoint | undefined> => {
    const runtime = await runtimes.resolve(target.runtime);
    if (runtime !== undefined) return findEntrypoint(runtime, target);
    // An interpreter may be installed later.
    known.delete(target);
    return undefined;
  };
  return {
    of(target) {
      let entrypoint = known.get(target);
      if (entrypoint === undefined) known.set(target, (entrypoint = find(target)));
      return entrypoint;
    },
  };
}
