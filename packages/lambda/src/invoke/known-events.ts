import type { FunctionKey } from "../function-name.ts";

/** What waits of a function, a version or an alias, or is being run. */
export interface WaitingEvents {
  readonly count: number;
  /** Undefined if none waits. */
  readonly oldestAcceptedAtMs: number | undefined;
}

interface QueuedEvent extends FunctionKey {
  readonly id: string;
  readonly qualifier: string;
  readonly acceptedAtMs: number;
}

/** The asynchronous events that memory knows of, by what was called. */
export interface KnownEvents {
  has(id: string): boolean;
  add(event: QueuedEvent): void;
  delete(id: string): void;
  waiting(key: FunctionKey, qualifier: string): WaitingEvents;
}

/** Knows none yet. */
export function createKnownEvents(): KnownEvents {
  const queueById = new Map<string, string>();
  const queues = new Map<string, Map<string, number>>();
  const nameOf = ({ accountId, region, functionName }: FunctionKey, qualifier: string): string =>
    `${accountId}:${region}:${functionName}:${qualifier}`;
  return {
    has: (id) => queueById.has(id),
    add(event) {
      const name = nameOf(event, event.qualifier);
      const queue = queues.get(name) ?? new Map<string, number>();
      queues.set(name, queue.set(event.id, event.acceptedAtMs));
      queueById.set(event.id, name);
    },
    delete(id) {
      const name = queueById.get(id);
      const queue = name === undefined ? undefined : queues.get(name);
      if (name === undefined || queue === undefined) return;
      queueById.delete(id);
      queue.delete(id);
      if (queue.size === 0) queues.delete(name);
    },
    waiting(key, qualifier) {
      const queue = queues.get(nameOf(key, qualifier));
      let oldestAcceptedAtMs: number | undefined;
      // Most are in the order of acceptance; those that were read from the disk are not.
      for (const acceptedAtMs of queue?.values() ?? []) oldestAcceptedAtMs = Math.min(oldestAcceptedAtMs ?? acceptedAtMs, acceptedAtMs);
      return { count: queue?.size ?? 0, oldestAcceptedAtMs };
    },
  };
}
