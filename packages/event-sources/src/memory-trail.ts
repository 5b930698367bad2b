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
  const events = new Map<string, Known>();
  // In the order in which they came; a new one takes the place of the oldest. A Map's own order would cost a search for its first entry.
  const ring: string[] = [];
  let next = 0;

  function admit(key: string, event: Known): void {
    const oldest = ring[next];
    if (oldest !== undefined) events.delete(oldest);
    ring[next] = key;
    next = (next + 1) % eventCount;
    events.set(key, event);
  }

  return {
    note(place, eventId, step) {
      if (eventCount === 0) return;
      const key = `${place.mappingUuid}/${eventId}`;
      let known = events.get(key);
      if (known === undefined) admit(key, (known = { ...place, eventId, steps: [] }));
      known.steps.push({ ...step, atMs: clock.now() });
      if (known.steps.length > stepCount) known.steps.shift();
    },
    find(query, count) {
      const sinceMs = clock.now() - keptMs;
      const found = [...events.values()].filter((event) => lastAtMs(event) >= sinceMs && isOf(query, event));
      // Of those of one millisecond the later one first.
      return found
        .toReversed()
        .sort((one, other) => lastAtMs(other) - lastAtMs(one))
        .slice(0, count);
    },
  };
}

const lastAtMs = ({ steps }: TrailOfEvent): number => steps.at(-1)?.atMs ?? 0;

function isOf({ accountId, region, id, functionArn, sourceArn }: TrailQuery, event: Known): boolean {
  if (event.accountId !== accountId || event.region !== region) return false;
  if (sourceArn !== undefined && event.sourceArn !== sourceArn) return false;
  if (functionArn !== undefined && event.functionArn !== functionArn && !event.functionArn.startsWith(`${functionArn}:`)) return false;
  return id === undefined || event.eventId === id || event.steps.some((step) => "requestId" in step && step.requestId === id);
}
