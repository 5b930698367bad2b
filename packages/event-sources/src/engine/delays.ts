/** Waits, but no longer than until the signal is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
  });
}

/** Each wait twice the last one, up to a bound; by chance up to a fifth shorter, so that many do not come back at once. */
export const backoffMs = (attempt: number, { firstMs, mostMs }: { readonly firstMs: number; readonly mostMs: number }): number =>
  Math.min(firstMs * 2 ** Math.min(attempt, 20), mostMs) * (1 - Math.random() / 5);

/** Those of a mapping that wait for another attempt. */
export interface Retries {
  /** Waits for its time, or for its turn before that, but no longer than until the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Who waits longest tries now: there is room. */
  next(): void;
}

export function createRetries(): Retries {
  const waiting = new Set<AbortController>();
  return {
    async wait(ms, signal) {
      const turn = new AbortController();
      waiting.add(turn);
      await pause(ms, AbortSignal.any([signal, turn.signal]));
      waiting.delete(turn);
    },
    next() {
      for (const turn of waiting) {
        waiting.delete(turn);
        return turn.abort();
      }
    },
  };
}
