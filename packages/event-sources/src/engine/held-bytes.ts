/** What all pollers together hold in memory of events that are gathered or under way. */
export interface HeldBytes {
  take(bytes: number): void;
  give(bytes: number): void;
  /** Waits until there is room for more, or the signal is aborted. What is then read may exceed it by as much as is read at a time. */
  room(signal: AbortSignal): Promise<void>;
}

export function createHeldBytes(limitBytes: number): HeldBytes {
  const waiting = new Set<() => void>();
  let heldBytes = 0;
  return {
    take: (bytes) => void (heldBytes += bytes),
    give(bytes) {
      heldBytes -= bytes;
      if (heldBytes < limitBytes) for (const goOn of waiting) goOn();
    },
    room(signal) {
      if (heldBytes < limitBytes || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const goOn = (): void => {
          waiting.delete(goOn);
          signal.removeEventListener("abort", goOn);
          resolve();
        };
        waiting.add(goOn);
        signal.addEventListener("abort", goOn, { once: true });
      });
    },
  };
}
