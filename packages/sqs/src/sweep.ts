import type { SqsResources } from "./resources.ts";

/** Removes what is too old, and what deleted queues left. */
export interface Sweep {
  start(): void;
  /** Removes a queue's messages up to an id, a part at a time so that others are not held up. */
  removeUpTo(queueId: number, lastId: number): Promise<void>;
  /** Removes all of a deleted queue's messages, by and by. */
  forget(queueId: number): void;
  /** Ends it; waits for the step that is under way. */
  close(): Promise<void>;
}

const intervalMs = 60_000;
/** Removed in one write, which others wait for. */
const chunkCount = 500;

/** Sweeps at the start and every minute; what a receive or a count finds too old is removed by itself. */
export function createSweep({ db, queues, clock, problem }: Pick<SqsResources, "db" | "queues" | "clock" | "problem">): Sweep {
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const removeAll = async (step: () => Promise<number>): Promise<void> => {
    for (;;) if (isClosed || (await step()) < chunkCount) return;
  };
  const store = db.queueMessages;
  const removeUpTo = (queueId: number, lastId: number): Promise<void> => removeAll(() => store.removeUpTo(queueId, lastId, chunkCount));
  const sweep = async (): Promise<void> => {
    for (const id of await store.queueIds()) {
      if (isClosed) return;
      const queue = await queues.findById(id);
      if (queue === undefined) await removeUpTo(id, Number.MAX_SAFE_INTEGER);
      else await removeAll(() => store.expire(id, clock.now() - queue.settings.retentionMs, chunkCount));
    }
    await removeAll(() => store.forgetRepetitions(clock.now(), chunkCount));
  };
  const run = (task: () => Promise<void>): void => {
    running = running
      .then(() => (isClosed ? undefined : task()))
      .catch((error: unknown) => {
        if (!isClosed) problem(`SQS could not remove old messages: ${String(error)}`);
      });
  };
  return {
    start() {
      run(sweep);
      timer = setInterval(() => run(sweep), intervalMs).unref();
    },
    removeUpTo,
    forget: (queueId) => run(() => removeUpTo(queueId, Number.MAX_SAFE_INTEGER)),
    async close() {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}
