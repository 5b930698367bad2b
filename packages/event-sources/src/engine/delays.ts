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
