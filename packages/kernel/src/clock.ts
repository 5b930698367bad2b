/** Time, handed down so that tests can move it. */
export interface Clock {
  /** Wall-clock time, epoch milliseconds. */
  now(): number;
  /** Milliseconds that only ever grow, for deadlines and durations. */
  monotonicMs(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now(), monotonicMs: () => performance.now() };
