/** Tasks that wait for their time. */
export interface Delays {
  after(delayMs: number, task: () => void): void;
  /** Forgets every task. */
  clear(): void;
}

/** Timers that can all be stopped. */
export function createDelays(): Delays {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after(delayMs, task) {
      const timer = setTimeout(
        () => {
          timers.delete(timer);
          task();
        },
        Math.max(0, delayMs),
      );
      timers.add(timer);
    },
    clear() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
