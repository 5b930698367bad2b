import type { SqsResources } from "./resources.ts";

/** Removes what is too old, and what deleted queues left. */
export interface Sweep {
  start(): void;
  /** Ends it; waits for the step that is under way. */
  close(): Promise<void>;
}

const intervalMs = 60_000;
/** Removed in one write, which others wait for. */
const chunkCount = 1_000;

/** Sweeps at the start and every minute; what a receive or a count finds too old is removed by itself. */
export function createSweep({ db, queues, clock, problem }: SqsResources): Sweep {
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const removeAll = async (step: () => Promise<number>): Promise<void> => {
    for (;;) if (isClosed || (await step()) < chunkCount) return;
  };
  const sweep = async (): Promise<void> => {
    const store = db.queueMessages;
    for (const id of await store.queueIds()) {
      if (isClosed) return;
      const queue = await queues.findById(id);
      if (queue === undefined) await removeAll(() => store.removeUpTo(id, Number.MAX_SAFE_INTEGER, chunkCount));
      else await removeAll(() => store.expire(id, clock.now() - queue.settings.retentionMs, chunkCount));
    }
    await removeAll(() => store.forgetRepetitions(clock.now(), chunkCount));
  };
  const run = (): void => {
    running = running
      .then(() => (isClosed ? undefined : sweep()))
      .catch((error: unknown) => {
        if (!isClosed) problem(`SQS could not remove old messages: ${String(error)}`);
      });
  };
  return {
    start() {
      run();
      timer = setInterval(run, intervalMs).unref();
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}
