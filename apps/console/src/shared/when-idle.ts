/** Idle or not, it is done by then. Milliseconds. */
const atTheLatestMs = 3_000;

/** Does something when the page has nothing else to do; what is answered calls it off. For what nobody has asked for yet. */
export function whenIdle(run: () => void): () => void {
  // Safari has no idle time to offer.
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(run, atTheLatestMs);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(run, { timeout: atTheLatestMs });
  return () => cancelIdleCallback(handle);
}
