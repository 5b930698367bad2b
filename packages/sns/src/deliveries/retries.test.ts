import { expect, test } from "vitest";
import { delayAfter, managedRetryPolicy } from "./retries.ts";

const delays = (policy: typeof managedRetryPolicy) => {
  const all: number[] = [];
  for (let failures = 1; ; failures++) {
    const delay = delayAfter(failures, policy);
    if (delay === undefined) return all;
    all.push(delay);
  }
};

test("functions and queues are tried 100,015 times over 23 days after the first time", () => {
  const all = delays(managedRetryPolicy);
  expect(all).toHaveLength(100_015);
  expect(all.slice(0, 6)).toEqual([0, 0, 0, 1000, 1000, 1000]);
  expect(all.slice(14, 16)).toEqual([20_000, 20_000]);
  expect(Math.floor(all.reduce((sum, delay) => sum + delay, 0) / 86_400_000)).toBe(23);
});

test("AWS's default for HTTP endpoints: three times, 20 seconds apart", () => {
  const policy = { ...managedRetryPolicy, numRetries: 3, numNoDelayRetries: 0, numMinDelayRetries: 0, numMaxDelayRetries: 0 };
  expect(delays({ ...policy, minDelayTarget: 20, maxDelayTarget: 20, backoffFunction: "linear" })).toEqual([20_000, 20_000, 20_000]);
});

test.each([
  ["linear", [1000, 26_000, 51_000, 75_000, 100_000]],
  ["arithmetic", [1000, 7000, 26_000, 57_000, 100_000]],
  ["geometric", [1000, 3000, 10_000, 32_000, 100_000]],
  ["exponential", [1000, 1000, 4000, 18_000, 100_000]],
] as const)("between the phases delays grow in %s order", (backoffFunction, wanted) => {
  const policy = {
    numRetries: 8,
    numNoDelayRetries: 1,
    numMinDelayRetries: 1,
    numMaxDelayRetries: 1,
    minDelayTarget: 1,
    maxDelayTarget: 100,
  };
  const [none, shortest, ...rest] = delays({ ...policy, backoffFunction });
  expect([none, shortest, rest.at(-1)]).toEqual([0, 1000, 100_000]);
  expect(rest.slice(0, -1).map((delay) => Math.round(delay / 1000) * 1000)).toEqual(wanted);
});
