import { expect, test } from "vitest";
import { partsOf } from "./part-sizes.ts";

const mib = 1024 * 1024;

test("a small file is sent at once, a larger one in parts that have no gap", () => {
  expect(partsOf(0)).toBeUndefined();
  expect(partsOf(16 * mib)).toBeUndefined();
  expect(partsOf(17 * mib)).toEqual([
    [0, 8 * mib],
    [8 * mib, 16 * mib],
    [16 * mib, 17 * mib],
  ]);
});

test("the largest object has no more parts than S3 takes", () => {
  const parts = partsOf(5 * 1024 * 1024 * mib) ?? [];
  expect(parts.length).toBeLessThanOrEqual(10_000);
  expect(parts.at(-1)?.[1]).toBe(5 * 1024 * 1024 * mib);
});
