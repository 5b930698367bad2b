import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { giveMemoryBackWhenIdle, thisThread, type IdleMemoryProbe } from "./idle-memory.ts";

const mebibyte = 1024 * 1024;
const rules = { intervalMs: 1000, idleUtilization: 0.02, spareBytes: 16 * mebibyte, mostUsedBytes: 96 * mebibyte };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watched(seen: { utilization: number; totalMb: number; usedMb: number }) {
  let collections = 0;
  const probe: IdleMemoryProbe = {
    utilization: () => seen.utilization,
    heap: () => ({ totalBytes: seen.totalMb * mebibyte, usedBytes: seen.usedMb * mebibyte }),
    collect: () => void collections++,
  };
  const stop = giveMemoryBackWhenIdle(rules, probe);
  vi.advanceTimersByTime(rules.intervalMs);
  stop();
  vi.advanceTimersByTime(10 * rules.intervalMs);
  return collections;
}

test("memory is given back while nothing is going on, if there is much of it", () => {
  expect(watched({ utilization: 0, totalMb: 60, usedMb: 25 })).toBe(1);
  expect(watched({ utilization: 0.1, totalMb: 60, usedMb: 25 })).toBe(0);
  expect(watched({ utilization: 0, totalMb: 30, usedMb: 25 })).toBe(0);
  expect(watched({ utilization: 0, totalMb: 300, usedMb: 200 })).toBe(0);
});

test("what a collection could not give back is no reason for another", () => {
  let collections = 0;
  const probe = {
    utilization: () => 0,
    heap: () => ({ totalBytes: 60 * mebibyte, usedBytes: 25 * mebibyte }),
    collect: () => void collections++,
  };
  const stop = giveMemoryBackWhenIdle(rules, probe);
  vi.advanceTimersByTime(10 * rules.intervalMs);
  stop();
  expect(collections).toBe(1);
});

test("what the young generation has grown to is given back, where an ordinary collection leaves it", () => {
  const { heap, collect } = thisThread();
  const spare = (): number => heap().totalBytes - heap().usedBytes;
  let kept: object[] = [];
  for (let made = 0; made < 3_000_000; made++) {
    kept.push({ made });
    if (kept.length > 200_000) kept = kept.slice(100_000);
  }
  kept = [];
  const before = spare();
  collect();
  expect(before).toBeGreaterThan(16 * mebibyte);
  expect(spare()).toBeLessThan(before / 2);
});
