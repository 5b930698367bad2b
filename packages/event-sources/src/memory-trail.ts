import type { Clock, EventTrail, TrailOfEvent, TrailPlace, TrailQuery, TrailStep } from "@mayfly/kernel";

/** How much is known of events' ways. */
export interface TrailBounds {
  readonly eventCount: number;
  readonly stepCount: number;
  readonly keptMs: number;
}

/** An event in memory. */
interface Known extends TrailPlace {
  readonly eventId: string;
  steps: (TrailStep & { readonly atMs: number })[];
}

/** What a keeper of events' ways has yet to write down. */
interface TrailChanges {
  readonly changed: readonly { readonly key: string; readonly event: TrailOfEvent }[];
  /** Keys of those that were written down and have made place for newer ones. */
  readonly forgotten: readonly string[];
}

/** Events' ways in memory, as {@link createMemoryTrail} makes them. */
export interface MemoryTrail extends EventTrail {
  find(query: TrailQuery, count: number): readonly TrailOfEvent[];
  /** Takes what changed since it was taken last, so many events at most. */
  takeChanges(count: number): TrailChanges;
  /** Takes in what was known earlier, the last ones first, as far as there is room. To be done once, before anything is taken. */
  restore(earlier: TrailChanges["changed"]): void;
}

/** Events' ways, in memory. Noting a step is quick; a question looks at all of them. */
export function createMemoryTrail({ eventCount, stepCount, keptMs }: TrailBounds, clock: Clock): MemoryTrail {
  const events = new Map<string, Known>();
  const changed = new Set<string>();
  const saved = new Set<string>();
  const forgotten = new Set<string>();
  // In the order in which they came; a new one takes the place of the oldest. A Map's own order would cost a search for its first entry.
  const ring: (string | undefined)[] = [];
  let next = 0;
  let restoreAt = eventCount - 1;

  function admit(key: string, event: Known): void {
    const oldest = ring[next];
    if (oldest !== undefined) forget(oldest);
    ring[next] = key;
    next = (next + 1) % eventCount;
    events.set(key, event);
  }

  function forget(key: string): void {
    if (saved.delete(key)) forgotten.add(key);
    changed.delete(key);
    events.delete(key);
  }

  /** Where those are that will make place first. */
  function admitEarlier(key: string, event: Known): void {
    if (ring[restoreAt] !== undefined) return;
    ring[restoreAt--] = key;
    saved.add(key);
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
      changed.add(key);
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
    takeChanges(count) {
      const taken: { key: string; event: TrailOfEvent }[] = [];
      for (const key of changed) {
        if (taken.length === count) break;
        const known = events.get(key);
        changed.delete(key);
        if (known === undefined) continue;
        saved.add(key);
        // What is noted again is to be removed no more.
        forgotten.delete(key);
        taken.push({ key, event: known });
      }
      const gone = [...forgotten];
      forgotten.clear();
      return { changed: taken, forgotten: gone };
    },
    restore(earlier) {
      for (const { key, event } of earlier) {
        const known = events.get(key);
        if (known === undefined) admitEarlier(key, { ...event, steps: [...event.steps] });
        else known.steps = [...event.steps, ...known.steps].slice(-stepCount);
      }
    },
  };
}

/** When something happened last to an event. */
export const lastAtMs = ({ steps }: TrailOfEvent): number => steps.at(-1)?.atMs ?? 0;

function isOf({ accountId, region, id, functionArn, sourceArn }: TrailQuery, event: Known): boolean {
  if (event.accountId !== accountId || event.region !== region) return false;
  if (sourceArn !== undefined && event.sourceArn !== sourceArn) return false;
  if (functionArn !== undefined && event.functionArn !== functionArn && !event.functionArn.startsWith(`${functionArn}:`)) return false;
  return id === undefined || event.eventId === id || event.steps.some((step) => "requestId" in step && step.requestId === id);
}
