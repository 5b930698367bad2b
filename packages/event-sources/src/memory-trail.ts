import type { Clock, EventTrail, TrailOfEvent, TrailPlace, TrailQuery, TrailReader, TrailStep } from "@mayfly/kernel";

/** How much is known of events' ways. */
export interface TrailBounds {
  readonly eventCount: number;
  readonly stepCount: number;
  readonly keptMs: number;
}

/** An event in memory. */
interface Known extends TrailPlace {
  readonly eventId: string;
  readonly steps: (TrailStep & { readonly atMs: number })[];
}

/** Events' ways, in memory. Noting a step is quick; a question looks at all of them. */
export function createMemoryTrail({ eventCount, stepCount, keptMs }: TrailBounds, clock: Clock): EventTrail & TrailReader {
  // By when something last happened to them.
  const events = new Map<string, Known>();

  /** What was told of last is looked at last: at the front are the oldest. */
  function forgetOldest(nowMs: number): void {
    for (const [key, { steps }] of events) {
      if (events.size <= eventCount && (steps.at(-1)?.atMs ?? 0) >= nowMs - keptMs) return;
      events.delete(key);
    }
  }

  return {
    note(place, eventId, step) {
      const key = `${place.mappingUuid}/${eventId}`;
      const atMs = clock.now();
      const known = events.get(key) ?? { ...place, eventId, steps: [] };
      known.steps.push({ ...step, atMs });
      if (known.steps.length > stepCount) known.steps.shift();
      events.delete(key);
      events.set(key, known);
      forgetOldest(atMs);
    },
    find(query, count) {
      forgetOldest(clock.now());
      const found: TrailOfEvent[] = [];
      for (const event of events.values()) if (isOf(query, event)) found.push(event);
      return found.slice(-count).toReversed();
    },
  };
}

function isOf({ accountId, region, id, functionArn, sourceArn }: TrailQuery, event: Known): boolean {
  if (event.accountId !== accountId || event.region !== region) return false;
  if (sourceArn !== undefined && event.sourceArn !== sourceArn) return false;
  if (functionArn !== undefined && event.functionArn !== functionArn && !event.functionArn.startsWith(`${functionArn}:`)) return false;
  return id === undefined || event.eventId === id || event.steps.some((step) => "requestId" in step && step.requestId === id);
}
