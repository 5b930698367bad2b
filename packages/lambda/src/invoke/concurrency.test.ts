import { expect, it } from "vitest";
import { defaultLimits } from "../limits.ts";
import type { ConcurrencySettings } from "../provisioned-concurrency/shares.ts";
import { createConcurrency, type Concurrency } from "./concurrency.ts";

const made = (functionName: string, settings: Partial<ConcurrencySettings> = {}, region = "us-east-1") => ({
  accountId: "123456789012",
  region,
  functionName,
  reservedConcurrency: undefined,
  aliases: new Map(),
  provisionedConcurrency: new Map(),
  ...settings,
});
const provisioned = (requestedCount: number) => ({
  provisionedConcurrency: new Map([["1", { requestedCount, lastModifiedMs: 0 }]]),
});
const limits = { ...defaultLimits, concurrentExecutionCount: 5 };

/** Takes a place that must be there. */
function enter(concurrency: Concurrency, record: ReturnType<typeof made>, version = 1): () => void {
  const place = concurrency.enter(record, version);
  if ("refused" in place) throw new Error(place.refused);
  return place.leave;
}

it("lets a function with a reservation run that many at once, beside the others", () => {
  const concurrency = createConcurrency(limits);
  const reserved = made("reserved", { reservedConcurrency: 2 });
  concurrency.commit(reserved, 2);
  const leaveReserved = enter(concurrency, reserved);
  enter(concurrency, reserved);
  expect(concurrency.enter(reserved, 1)).toEqual({ refused: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  const leaveOther = enter(concurrency, made("other"));
  for (let i = 0; i < 2; i++) enter(concurrency, made("other"));
  expect(concurrency.enter(made("other"), 1)).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  enter(concurrency, made("other", {}, "eu-west-1"));

  leaveReserved();
  enter(concurrency, reserved);
  leaveOther();
  enter(concurrency, made("third"));
});

it("blocks a function whose reservation is zero", () => {
  expect(createConcurrency(limits).enter(made("blocked", { reservedConcurrency: 0 }), 1)).toEqual({
    refused: "ReservedFunctionConcurrentInvocationLimitExceeded",
  });
});

it("keeps what is provisioned for its version, and lets it run more where the account has more", () => {
  const concurrency = createConcurrency(limits);
  const record = made("ahead", provisioned(3));
  concurrency.commit(record, 3);
  for (let i = 0; i < 2; i++) enter(concurrency, made("other"));
  expect(concurrency.enter(made("other"), 1)).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  expect(concurrency.enter(record, 2)).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  const leaves = [1, 2, 3].map(() => enter(concurrency, record));
  expect(concurrency.enter(record, 1)).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  leaves[0]!();
  enter(concurrency, record);
});

it("takes what is provisioned from what the function has reserved", () => {
  const concurrency = createConcurrency(limits);
  const record = made("both", { reservedConcurrency: 3, ...provisioned(2) });
  concurrency.commit(record, 3);
  enter(concurrency, record, 0);
  expect(concurrency.enter(record, 0)).toEqual({ refused: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  for (let i = 0; i < 2; i++) enter(concurrency, record);
  expect(concurrency.enter(record, 1)).toEqual({ refused: "ReservedFunctionConcurrentInvocationLimitExceeded" });
});

it("sums what functions have for themselves, what is replaced once", () => {
  const concurrency = createConcurrency(limits);
  concurrency.commit(made("a"), 1);
  concurrency.commit(made("a"), 3);
  concurrency.commit(made("b"), 1);
  expect(concurrency.committedBeside(made("a"))).toBe(4);
  expect(concurrency.committedBeside(made("a"), made("a"))).toBe(1);
  concurrency.commit(made("a"), undefined);
  expect(concurrency.committedBeside(made("a"))).toBe(1);
});
