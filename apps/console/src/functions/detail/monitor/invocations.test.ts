import { expect, test } from "vitest";
import { bucketsOf, gbSeconds, invocationsOf, isStreamOf } from "./invocations.ts";

const id = (n: number): string => `00000000-0000-0000-0000-00000000000${n}`;
const report = (n: number, ms: number): string =>
  `REPORT RequestId: ${id(n)}\tDuration: ${ms}.00 ms\tBilled Duration: ${ms} ms\tMemory Size: 512 MB\tMax Memory Used: 4${n} MB\t\n`;

test("an invocation failed if its report says so; an error that it logged is none", () => {
  const lines = [
    { timestamp: 1_000, logStreamName: "a", message: `[ERROR]\t2026-01-01T00:00:00.000Z\t${id(1)}\tonly told` },
    { timestamp: 1_000, logStreamName: "a", message: report(1, 10) },
    { timestamp: 2_000, logStreamName: "a", message: report(2, 20).replace("\t\n", "\tStatus: error\tError Type: ValueError\t\n") },
  ];
  expect(invocationsOf(lines).map(({ requestId, failed }) => [requestId, failed])).toEqual([
    [id(2), true],
    [id(1), false],
  ]);
});

test("in a shared log group a stream names its function", () => {
  expect(isStreamOf("orders", "2026/01/31/orders[$LATEST]0123")).toBe(true);
  expect(isStreamOf("orders", "2026/01/31/more-orders[$LATEST]0123")).toBe(false);
  expect(isStreamOf("orders", "2026/01/31/[$LATEST]0123")).toBe(false);
});

test("buckets hold their invocations, the last one the end", () => {
  const invocations = invocationsOf([1, 2, 3].map((n) => ({ timestamp: n * 1_000, logStreamName: "a", message: report(n, n * 10) })));
  const buckets = bucketsOf(invocations, 1_000, 3_000, 2);
  expect(buckets.map((bucket) => bucket.invocations)).toEqual([1, 2]);
  expect(buckets[1]).toMatchObject({ minimumMs: 20, averageMs: 25, maximumMs: 30, maxMemoryUsedMb: 43, errors: 0 });
});

test("a stretch without invocations has no durations", () => {
  expect(bucketsOf([], 0, 10, 1)[0]).toMatchObject({ invocations: 0, averageMs: undefined });
});

test("GB-seconds", () => {
  const [invocation] = invocationsOf([{ timestamp: 1, logStreamName: "a", message: report(1, 2_000) }]);
  expect(invocation && gbSeconds(invocation)).toBe(1);
});
