import { expect, it } from "vitest";
import { defaultLimits } from "../limits.ts";
import { createConcurrency } from "./concurrency.ts";

const key = (functionName: string, region = "us-east-1") => ({ accountId: "123456789012", region, functionName });
const limits = { ...defaultLimits, concurrentExecutionCount: 5 };

it("lets a function with a reservation run that many at once, beside the others", () => {
  const concurrency = createConcurrency(limits);
  concurrency.reserve(key("reserved"), 2);
  expect(concurrency.enter(key("reserved"), 2)).toBeUndefined();
  expect(concurrency.enter(key("reserved"), 2)).toBeUndefined();
  expect(concurrency.enter(key("reserved"), 2)).toBe("ReservedFunctionConcurrentInvocationLimitExceeded");
  for (let i = 0; i < 3; i++) expect(concurrency.enter(key("other"), undefined)).toBeUndefined();
  expect(concurrency.enter(key("other"), undefined)).toBe("ConcurrentInvocationLimitExceeded");
  expect(concurrency.enter(key("other", "eu-west-1"), undefined)).toBeUndefined();

  concurrency.leave(key("reserved"), 2);
  expect(concurrency.enter(key("reserved"), 2)).toBeUndefined();
  concurrency.leave(key("other"), undefined);
  expect(concurrency.enter(key("third"), undefined)).toBeUndefined();
});

it("blocks a function whose reservation is zero", () => {
  const concurrency = createConcurrency(limits);
  expect(concurrency.enter(key("blocked"), 0)).toBe("ReservedFunctionConcurrentInvocationLimitExceeded");
});

it("sums reservations, replaced ones once", () => {
  const concurrency = createConcurrency(limits);
  concurrency.reserve(key("a"), 1);
  concurrency.reserve(key("a"), 3);
  concurrency.reserve(key("b"), 1);
  expect(concurrency.reservedBeside(key("a"))).toBe(4);
  expect(concurrency.reservedBeside(key("a"), key("a"))).toBe(1);
  concurrency.reserve(key("a"), undefined);
  expect(concurrency.reservedBeside(key("a"))).toBe(1);
});
