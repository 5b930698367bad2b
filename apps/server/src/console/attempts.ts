import type { Clock } from "@mayfly/kernel";
import { createLRU } from "lru.min";

/** Wrong passwords that are free of delay. */
const freeCount = 5;
/** The first delay; it doubles with every further wrong password. Milliseconds. */
const firstDelayMs = 1_000;
const longestDelayMs = 5 * 60_000;
/** After this long without a wrong password all is forgotten. */
const forgetMs = 30 * 60_000;
const rememberedCount = 10_000;

interface Failures {
  readonly count: number;
  readonly lastMs: number;
}

/** Slows down guessing at passwords, by whatever the guesses have in common: the user, the address. */
export interface SigninAttempts {
  /** How long the next attempt has to wait. Milliseconds; 0 if it may go on. */
  delayMs(keys: readonly string[]): number;
  failed(keys: readonly string[]): void;
  succeeded(keys: readonly string[]): void;
}

/** Makes an empty memory of attempts. */
export function createSigninAttempts(clock: Clock): SigninAttempts {
  const failures = createLRU<string, Failures>({ max: rememberedCount });
  const known = (key: string): Failures => {
    const held = failures.get(key);
    return held && clock.now() - held.lastMs < forgetMs ? held : { count: 0, lastMs: 0 };
  };
  const delayOf = (key: string): number => {
    const { count, lastMs } = known(key);
    if (count < freeCount) return 0;
    const delay = Math.min(firstDelayMs * 2 ** (count - freeCount), longestDelayMs);
    return Math.max(0, lastMs + delay - clock.now());
  };
  return {
    delayMs: (keys) => Math.max(...keys.map(delayOf)),
    failed: (keys) => {
      for (const key of keys) failures.set(key, { count: known(key).count + 1, lastMs: clock.now() });
    },
    succeeded: (keys) => {
      for (const key of keys) failures.delete(key);
    },
  };
}
