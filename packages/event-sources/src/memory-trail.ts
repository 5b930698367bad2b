import type { Clock, EventTrail, TrailOfEvent, TrailPlace, TrailQuery, TrailStep } from "@mayfly/kernel";

/** How much is known of events' ways. */
export interface TrailBounds {
  readonly eventCount: number;
  readonly stepCount: number;
  /** Events that their source alone has spoken of, which are not written down. */
  readonly producedCount: number;
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
export function createMemoryTrail({ eventCount, stepCount, producedCount, keptMs }: TrailBounds, clock: Clock): MemoryTrail {
  const events = new Map<string, Known>();
  const produced = createProduced(producedCount, stepCount);
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
      if (place.mappingUuid === "" && isUnwritten(step)) return produced.note(place, eventId, { ...step, atMs: clock.now() });
      const key = `${place.mappingUuid || place.sourceArn}/${eventId}`;
      let known = events.get(key);
      if (known === undefined) admit(key, (known = { ...place, eventId, steps: [] }));
      known.steps.push({ ...step, atMs: clock.now() });
      if (known.steps.length > stepCount) known.steps.shift();
      changed.add(key);
    },
    find(query, count) {
      const sinceMs = clock.now() - keptMs;
      const isMeant = (event: TrailOfEvent): boolean => lastAtMs(event) >= sinceMs && isOfPlace(query, event);
      return found([...produced.all(), ...events.values()].filter(isMeant), query, count);
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

/** Said of every event of a source, by whomever it is used: in memory alone. */
const isUnwritten = ({ kind }: TrailStep): boolean => kind === "produced" || kind === "taken";

/** What sources said of all their events: of the last ones, the oldest making place. */
function createProduced(count: number, stepCount: number) {
  const events = new Map<string, Known>();
  const ring: (string | undefined)[] = [];
  let next = 0;
  return {
    note(place: TrailPlace, eventId: string, step: Timed): void {
      if (count === 0) return;
      const key = `${place.sourceArn}/${eventId}`;
      const known = events.get(key);
      if (known !== undefined) {
        known.steps.push(step);
        // Who produced it is not forgotten.
        if (known.steps.length > stepCount) known.steps.splice(1, 1);
        return;
      }
      const oldest = ring[next];
      if (oldest !== undefined) events.delete(oldest);
      ring[next] = key;
      next = (next + 1) % count;
      events.set(key, { ...place, eventId, steps: [step] });
    },
    all: (): Iterable<TrailOfEvent> => events.values(),
  };
}

type Timed = TrailOfEvent["steps"][number];

const isOfPlace = ({ accountId, region, sourceArn }: TrailQuery, event: TrailPlace): boolean =>
  event.accountId === accountId && event.region === region && (sourceArn === undefined || event.sourceArn === sourceArn);

const isFor = ({ functionArn }: TrailQuery, event: TrailPlace): boolean =>
  functionArn === undefined ||
  (event.functionArn.startsWith(functionArn) && ["", ":"].includes(event.functionArn.charAt(functionArn.length)));

const isNamed = ({ id }: TrailQuery, { eventId, steps }: TrailOfEvent): boolean =>
  id === undefined || eventId === id || steps.some((step) => step.requestId === id || step.messageId === id || step.sequencer === id);

/** The ways that are asked for, each with what its source says of the event; what has no way yet is told by itself. The last ones are joined alone: there may be very many. */
function found(all: readonly TrailOfEvent[], query: TrailQuery, count: number): TrailOfEvent[] {
  const said = all.filter(({ mappingUuid }) => mappingUuid === "");
  const ways = said.length === 0 ? all : all.filter(({ mappingUuid }) => mappingUuid !== "");
  const named = said.filter((event) => isNamed(query, event));
  const namedIds = new Set(query.id === undefined ? [] : named.map(({ eventId }) => eventId));
  const isMeant = (way: TrailOfEvent): boolean => isNamed(query, way) || namedIds.has(way.eventId);
  const meant = (query.id === undefined ? ways : withOnward(ways.filter(isMeant), ways)).filter((way) => isFor(query, way));
  const last = [...withoutWays(named, ways, query), ...meant]
    // Of those of one millisecond the later one first.
    .toReversed()
    .sort((one, other) => lastAtMs(other) - lastAtMs(one))
    .slice(0, count);
  const lastIds = new Set(last.map(({ eventId }) => eventId));
  const wanted = said.filter(({ eventId }) => lastIds.has(eventId));
  return last.map((event) => ({
    ...event,
    steps: withSource(
      event,
      wanted.filter((one) => one.eventId === event.eventId && one.sourceArn === event.sourceArn).flatMap(({ steps }) => steps),
    ),
  }));
}

/** Ways with those of what was made of the events: a topic's delivery to a function is an asynchronous event, whose way goes on from there. */
function withOnward(from: readonly TrailOfEvent[], ways: readonly TrailOfEvent[]): readonly TrailOfEvent[] {
  const byId = Map.groupBy(ways, ({ eventId }) => eventId);
  const reached = new Set(from);
  // What is added is visited, too.
  for (const { steps } of reached) {
    const made = steps.flatMap(({ requestId = "", messageId = "" }) => [...(byId.get(requestId) ?? []), ...(byId.get(messageId) ?? [])]);
    for (const way of made) reached.add(way);
  }
  return ways.filter((way) => reached.has(way));
}

/** Events of which their source alone has spoken. A dead letter has its id in both queues. */
function withoutWays(said: readonly TrailOfEvent[], ways: readonly TrailOfEvent[], query: TrailQuery): readonly TrailOfEvent[] {
  const candidates = said.filter((event) => isFor(query, event));
  if (candidates.length === 0) return [];
  const sources = new Map(ways.map(({ eventId, sourceArn }) => [eventId, sourceArn]));
  const alone = candidates.filter(({ eventId, sourceArn }) => sources.get(eventId) !== sourceArn);
  return [...new Map(alone.map((event) => [`${event.sourceArn}/${event.eventId}`, event])).values()];
}

function withSource({ mappingUuid, steps }: TrailOfEvent, ofSource: readonly Timed[]): readonly Timed[] {
  if (mappingUuid === "") return ofSource;
  const [first] = steps;
  const received = new Set(steps.flatMap((step) => (step.kind === "received" ? [step.receiveCount] : [])));
  // The mapping itself was the one that took it, by this server's endpoint (`--endpoint sqs=URL`).
  const others = ofSource.filter((step) => step.kind !== "taken" || !received.has(step.receiveCount));
  const remembered = ofSource.some(({ kind }) => kind === "produced");
  const said: Timed[] =
    first?.kind === "received" && first.sentAtMs !== undefined && !remembered
      ? [{ kind: "produced", by: first.sentBy ?? "", atMs: first.sentAtMs }]
      : [];
  if (said.length === 0 && others.length === 0) return steps;
  return [...said, ...others, ...steps].toSorted((one, other) => one.atMs - other.atMs);
}
