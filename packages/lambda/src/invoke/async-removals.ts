import type { AsyncEventStore } from "@mayfly/db";

/** Removes events that are done from the store. */
export interface AsyncRemovals {
  /**
   * Removes the event once `logged` resolves: an event is forgotten only when what it wrote is on disk, so that a crash in between runs it again rather
   * than losing its log. Nobody waits for it.
   */
  after(logged: Promise<void>, id: string): void;
  /** Resolves when none is under way. */
  settled(): Promise<void>;
}

/** What removals are made of. */
export interface AsyncRemovalsOptions {
  readonly store: Pick<AsyncEventStore, "remove">;
  /** False once nothing may be changed any more. */
  readonly isWanted: () => boolean;
  readonly removed: (id: string) => void;
  readonly onProblem: (line: string) => void;
}

/** No removal is under way yet. */
export function createRemovals({ store, isWanted, removed, onProblem }: AsyncRemovalsOptions): AsyncRemovals {
  const underWay = new Set<Promise<void>>();

  async function remove(logged: Promise<void>, id: string): Promise<void> {
    await logged;
    if (!isWanted()) return;
    await store.remove(id);
    removed(id);
  }

  return {
    after(logged, id) {
      const task: Promise<void> = remove(logged, id)
        .catch((error: unknown) => onProblem(`Asynchronous event ${id} is done but could not be removed: ${String(error)}`))
        .finally(() => underWay.delete(task));
      underWay.add(task);
    },
    async settled() {
      await Promise.all(underWay);
    },
  };
}
