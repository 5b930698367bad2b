import type { RetryPolicy } from "../topics/delivery-policy.ts";

/**
 * Retries of what AWS itself runs, functions and queues: 100,015 attempts over 23 days.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#delivery-policies-for-protocols
 */
export const managedRetryPolicy: RetryPolicy = {
  numRetries: 100_015,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  minDelayTarget: 1,
  maxDelayTarget: 20,
  numMaxDelayRetries: 100_000,
  backoffFunction: "exponential",
};

/** How far a delay is on its way from the shortest to the longest, `at` being 0 to 1. AWS shows these as curves and gives no formula. */
const backoffs: Readonly<Record<RetryPolicy["backoffFunction"], (at: number, min: number, max: number) => number>> = {
  linear: (at, min, max) => min + (max - min) * at,
  arithmetic: (at, min, max) => min + (max - min) * at ** 2,
  geometric: (at, min, max) => min * (max / min) ** at,
  exponential: (at, min, max) => min + (max - min) * ((2 ** (10 * at) - 1) / (2 ** 10 - 1)),
};

/**
 * How long to wait after so many failures: first at once, then the shortest delay, then more and more, then the longest.
 * @returns undefined if there have been enough
 */
export function delayAfter(failures: number, policy: RetryPolicy): number | undefined {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries, minDelayTarget, maxDelayTarget, backoffFunction } = policy;
  if (failures > numRetries) return undefined;
  if (failures <= numNoDelayRetries) return 0;
  if (failures <= numNoDelayRetries + numMinDelayRetries) return minDelayTarget * 1000;
  if (failures > numRetries - numMaxDelayRetries) return maxDelayTarget * 1000;
  const first = numNoDelayRetries + numMinDelayRetries;
  const count = numRetries - numMaxDelayRetries - first;
  const at = count === 1 ? 0 : (failures - first - 1) / (count - 1);
  return Math.round(backoffs[backoffFunction](at, minDelayTarget, maxDelayTarget) * 1000);
}
