import type { Clock } from "@mayfly/kernel";
import { mappingArn, type MappingKey } from "./mapping.ts";
import { settledMapping } from "./mapping-states.ts";
import type { MappingStore } from "./mapping-store.ts";

/** Brings mappings out of their transitions. */
export interface MappingSettling {
  /** A moment after the answer that spoke of the transition. */
  soon(key: MappingKey): void;
  /** At start, for what the last end left behind. */
  all(): Promise<void>;
  /** Waits for what is under way; what has not begun is done by the next start. */
  close(): Promise<void>;
}

/** @param given `afterMs`: how long a transition can be seen */
export function createMappingSettling(given: {
  readonly mappings: MappingStore;
  readonly clock: Clock;
  readonly afterMs: number;
  readonly onProblem: (line: string) => void;
}): MappingSettling {
  const { mappings, clock } = given;
  const waiting = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<unknown>>();
  const settle = (key: MappingKey): Promise<unknown> => mappings.change(key, (current) => current && settledMapping(current, clock.now()));
  return {
    soon(key) {
      const timer = setTimeout(() => {
        waiting.delete(timer);
        const work: Promise<unknown> = settle(key)
          .catch((error: unknown) => given.onProblem(`${mappingArn(key)} could not be settled: ${String(error)}`))
          .finally(() => underWay.delete(work));
        underWay.add(work);
      }, given.afterMs);
      waiting.add(timer);
    },
    async all() {
      for (const key of await mappings.unsettled()) await settle(key);
    },
    async close() {
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
      await Promise.all(underWay);
    },
  };
}
