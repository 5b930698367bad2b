import type { ListedQueue } from "../queue.ts";
import type { QueueAttributes } from "../queue-facts.ts";

/** What every part of a queue's page is given. */
export interface ShownQueue {
  readonly queue: ListedQueue & { readonly attributes: QueueAttributes };
}
