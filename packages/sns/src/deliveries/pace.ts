import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "@mayfly/kernel";

/** Lets a subscription's deliveries go no faster than it bears. */
export interface Pace {
  /** Resolves when another delivery may go. @throws AbortError when the server ends */
  step(subscriptionId: number, perSecond: number): Promise<void>;
}

/** @param ending aborted when the server ends */
export function createPace(clock: Clock, ending: AbortSignal): Pace {
  const nextMs = new Map<number, number>();
  return {
    async step(subscriptionId, perSecond) {
      const now = clock.monotonicMs();
      // Whoever has not been delivered to for a second starts anew.
      for (const [id, at] of nextMs) if (at < now - 1_000) nextMs.delete(id);
      const at = Math.max(now, nextMs.get(subscriptionId) ?? now);
      nextMs.set(subscriptionId, at + 1_000 / perSecond);
      if (at > now) await wait(at - now, undefined, { signal: ending });
    },
  };
}
