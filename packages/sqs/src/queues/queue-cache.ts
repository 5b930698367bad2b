import { createLRU } from "lru.min";
import { limits } from "../limits.ts";
import type { Queue, QueueKey } from "./queue.ts";

/** Queues held in memory, by name and by id. */
export interface QueueCache {
  byKey(key: QueueKey): Queue | undefined;
  byId(id: number): Queue | undefined;
  /** What was written. */
  replace(queue: Queue): Queue;
  forget(queue: Queue): void;
  /** What is read is kept, unless a queue was changed meanwhile. */
  read(ask: () => Promise<Queue | undefined>): Promise<Queue | undefined>;
}

const cacheKey = ({ accountId, region, queueName }: QueueKey): string => `${accountId}/${region}/${queueName}`;

/** An empty cache. */
export function createQueueCache(): QueueCache {
  const byKey = createLRU<string, Queue>({ max: limits.cachedQueueCount });
  const byId = createLRU<number, Queue>({ max: limits.cachedQueueCount });
  let changes = 0;
  const keep = (queue: Queue): Queue => {
    byKey.set(cacheKey(queue), queue);
    byId.set(queue.id, queue);
    return queue;
  };
  return {
    byKey: (key) => byKey.get(cacheKey(key)),
    byId: (id) => byId.get(id),
    replace(queue) {
      changes++;
      return keep(queue);
    },
    forget(queue) {
      changes++;
      byKey.delete(cacheKey(queue));
      byId.delete(queue.id);
    },
    async read(ask) {
      const before = changes;
      const queue = await ask();
      return queue !== undefined && before === changes ? keep(queue) : queue;
    },
  };
}
