import { describe, expect, it } from "vitest";
import { chooseVersion } from "./route.ts";

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const draws = 20_000;
/** So much one degree of freedom passes once in a thousand tries. */
const chiSquaredBound = 10.83;

describe("which version takes an invocation of an alias", () => {
  it.each([0.05, 0.2, 0.5, 0.9])("is split as the weight %d says, by a chi-squared test", (weight) => {
    const random = seeded(7);
    const route = { versionNumber: 1, additional: { number: 2, weight } };
    let second = 0;
    for (let draw = 0; draw < draws; draw++) if (chooseVersion(route, random) === 2) second++;
    const expected = [draws * (1 - weight), draws * weight] as const;
    const chiSquared = (draws - second - expected[0]) ** 2 / expected[0] + (second - expected[1]) ** 2 / expected[1];
    expect(chiSquared).toBeLessThan(chiSquaredBound);
  });

  it("is never one with weight 0, always one with weight 1", () => {
    const random = seeded(1);
    for (let draw = 0; draw < 1000; draw++) {
      expect(chooseVersion({ versionNumber: 1, additional: { number: 2, weight: 0 } }, random)).toBe(1);
      expect(chooseVersion({ versionNumber: 1, additional: { number: 2, weight: 1 } }, random)).toBe(2);
      expect(chooseVersion({ versionNumber: 1, additional: undefined }, random)).toBe(1);
    }
  });
});
