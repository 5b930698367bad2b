/** Longest that a condition is waited for. Milliseconds. */
const defaultTimeoutMs = 20_000;
/** How often it is looked at. Milliseconds. */
const intervalMs = 20;

/**
 * Waits until `look` answers something other than undefined or false, and answers that.
 * @throws Error naming `what` when the time is over, with the last error of `look` as its cause
 */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = defaultTimeoutMs,
): Promise<T> {
  const endsAt = performance.now() + timeoutMs;
  let lastError: unknown;
  while (performance.now() < endsAt) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      lastError = error;
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`, { cause: lastError });
}
