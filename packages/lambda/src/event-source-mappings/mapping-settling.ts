import type { Clock } from "@mayfly/kernel";
import { mappingArn, type MappingKey } from "./mapping.ts";
import { settledMapping } from "./mapping-states.ts";
import type { MappingStore } from "./mapping-store.ts";
import type { EventSourcePollers } from "./pollers.ts";

/** Brings mappings out of their transitions. */
export interface MappingSettling {
  /** A moment after the answer that spoke of the transition, and once the mapping's poller has let go of what it had. */
  soon(key: MappingKey): void;
  /** At start: what the last end left behind, then all that are enabled are read for. */
  all(): Promise<void>;
  /** Waits for what is under way; what has not begun is done by the next start. */
  close(): Promise<void>;
}

/** @param given `afterMs`: how long a transition can be seen at least */
export function createMappingSettling(given: {
  readonly mappings: MappingStore;
  readonly pollers: EventSourcePollers;
  readonly clock: Clock;
  readonly afterMs: number;
  readonly onProblem: (line: string) => void;
}): MappingSettling {
  const { mappings, pollers, clock } = given;
  const waiting = new Set<NodeJS.Timeout>();
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  const settle = async (key: MappingKey): Promise<void> => {
    await pollers.release(key);
    const next = await mappings.change(key, (current) => current && settledMapping(current, clock.now()));
    if (next?.state === "Enabled" && !isClosed) pollers.follow(next);
  };
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
      for (const mapping of await mappings.enabled()) pollers.follow(mapping);
    },
    async close() {
      isClosed = true;
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
      await Promise.all(underWay);
    },
  };
}
