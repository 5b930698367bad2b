import type { StoredTrailEvent, TrailEventStore } from "@mayfly/db";
import type { Clock, EventTrail, TrailOfEvent, TrailReader } from "@mayfly/kernel";
import { createMemoryTrail, lastAtMs, type TrailBounds } from "./memory-trail.ts";

/** How events' ways are kept. */
export interface KeptTrailBounds extends TrailBounds {
  /** What changed is gathered for so long before it is written down; the last of it is lost if the server is killed. */
  readonly saveMs: number;
  /** So many events at a time: other writes wait no longer than for these. */
  readonly saveCount: number;
}

/** What a kept trail is made of. */
export interface KeptTrailResources {
  readonly store: TrailEventStore;
  readonly clock: Clock;
  readonly onProblem: (line: string) => void;
}

/** Events' ways, which are still known after a restart. */
export interface KeptTrail extends EventTrail, TrailReader {
  /** Writes down what is not yet. */
  close(): Promise<void>;
  /** Writes nothing any more; resolves when nothing is being written. */
  abandon(): Promise<void>;
}

/** Events' ways: in memory for who tells of them and asks, written down behind that. What was written down earlier is read when it is first wanted. */
export function createKeptTrail(bounds: KeptTrailBounds, { store, clock, onProblem }: KeptTrailResources): KeptTrail {
  const memory = createMemoryTrail(bounds, clock);
  let timer: NodeJS.Timeout | undefined;
  let restored: Promise<void> | undefined;
  let isClosed = false;
  let isAbandoned = false;

  async function readEarlier(): Promise<void> {
    const sinceMs = clock.now() - bounds.keptMs;
    await store.expire(sinceMs);
    const earlier: StoredTrailEvent[] = [];
    for (;;) {
      const page = await store.list(earlier.at(-1)?.id ?? 0, bounds.saveCount);
      earlier.push(...page);
      if (page.length < bounds.saveCount) break;
    }
    const lastFirst = earlier.toSorted((one, other) => other.lastAtMs - one.lastAtMs);
    memory.restore(lastFirst.map(({ key, text }) => ({ key, event: JSON.parse(text) as TrailOfEvent })));
  }

  /** Tried again by whoever wants it next, if it can't be read. */
  function restore(): Promise<void> {
    restored ??= readEarlier().catch((error: unknown) => {
      restored = undefined;
      throw error;
    });
    return restored;
  }

  async function save(): Promise<void> {
    await restore();
    for (;;) {
      if (isAbandoned) return;
      const { changed, forgotten } = memory.takeChanges(bounds.saveCount);
      if (changed.length === 0 && forgotten.length === 0) return;
      const rows = changed.map(({ key, event }) => ({ key, lastAtMs: lastAtMs(event), text: JSON.stringify(event) }));
      await store.save(rows, forgotten);
    }
  }

  const saveAndTell = async (): Promise<void> => {
    try {
      await save();
    } catch (error) {
      if (!isClosed) onProblem(`What became of events could not be written down: ${String(error)}`);
    }
  };
  let saving = Promise.resolve();
  const saveLater = (): void => {
    timer = undefined;
    saving = saving.then(saveAndTell);
  };

  return {
    note(place, eventId, step) {
      memory.note(place, eventId, step);
      if (!isClosed) timer ??= setTimeout(saveLater, bounds.saveMs).unref();
    },
    async find(query, count) {
      await restore();
      return memory.find(query, count);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await saving;
      await saveAndTell();
    },
    async abandon() {
      isClosed = isAbandoned = true;
      clearTimeout(timer);
      await saving;
    },
  };
}
