import { systemClock } from "@mayfly/kernel";
import { describe, expect, it } from "vitest";
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
  const place = concurrency.enter(record, version, "synchronously");
  if ("refused" in place) throw new Error(place.refused);
  return place.leave;
}

it("lets a function with a reservation run that many at once, beside the others", () => {
  const concurrency = createConcurrency(limits, systemClock);
  const reserved = made("reserved", { reservedConcurrency: 2 });
  concurrency.commit(reserved, 2);
  const leaveReserved = enter(concurrency, reserved);
  enter(concurrency, reserved);
  expect(concurrency.enter(reserved, 1, "synchronously")).toEqual({ refused: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  const leaveOther = enter(concurrency, made("other"));
  for (let i = 0; i < 2; i++) enter(concurrency, made("other"));
  expect(concurrency.enter(made("other"), 1, "synchronously")).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  enter(concurrency, made("other", {}, "eu-west-1"));

  leaveReserved();
  enter(concurrency, reserved);
  leaveOther();
  enter(concurrency, made("third"));
});

it("blocks a function whose reservation is zero", () => {
  expect(createConcurrency(limits, systemClock).enter(made("blocked", { reservedConcurrency: 0 }), 1, "synchronously")).toEqual({
    refused: "ReservedFunctionConcurrentInvocationLimitExceeded",
  });
});

it("keeps what is provisioned for its version, and lets it run more where the account has more", () => {
  const concurrency = createConcurrency(limits, systemClock);
  const record = made("ahead", provisioned(3));
  concurrency.commit(record, 3);
  for (let i = 0; i < 2; i++) enter(concurrency, made("other"));
  expect(concurrency.enter(made("other"), 1, "synchronously")).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  expect(concurrency.enter(record, 2, "synchronously")).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  const leaves = [1, 2, 3].map(() => enter(concurrency, record));
  expect(concurrency.enter(record, 1, "synchronously")).toEqual({ refused: "ConcurrentInvocationLimitExceeded" });
  leaves[0]!();
  enter(concurrency, record);
});

it("takes what is provisioned from what the function has reserved", () => {
  const concurrency = createConcurrency(limits, systemClock);
  const record = made("both", { reservedConcurrency: 3, ...provisioned(2) });
  concurrency.commit(record, 3);
  enter(concurrency, record, 0);
  expect(concurrency.enter(record, 0, "synchronously")).toEqual({ refused: "ReservedFunctionConcurrentInvocationLimitExceeded" });
  for (let i = 0; i < 2; i++) enter(concurrency, record);
  expect(concurrency.enter(record, 1, "synchronously")).toEqual({ refused: "ReservedFunctionConcurrentInvocationLimitExceeded" });
});

it("sums what functions have for themselves, what is replaced once", () => {
  const concurrency = createConcurrency(limits, systemClock);
  concurrency.commit(made("a"), 1);
  concurrency.commit(made("a"), 3);
  concurrency.commit(made("b"), 1);
  expect(concurrency.committedBeside(made("a"))).toBe(4);
  expect(concurrency.committedBeside(made("a"), made("a"))).toBe(1);
  concurrency.commit(made("a"), undefined);
  expect(concurrency.committedBeside(made("a"))).toBe(1);
});

describe("requests a second", () => {
  const clockAt = () => {
    const clock = { ms: 1_000_000, now: () => 0, monotonicMs: () => clock.ms };
    return clock;
  };
  const times = (count: number, ask: () => unknown) => Array.from({ length: count }, ask);
  const ask = (
    concurrency: Concurrency,
    record: ReturnType<typeof made>,
    requested: "synchronously" | "asynchronously" = "synchronously",
  ) => {
    const place = concurrency.enter(record, 1, requested);
    if ("refused" in place) return place.refused;
    place.leave();
    return "run";
  };
  const reserved = made("reserved", { reservedConcurrency: 2 });

  it("are ten for each unit of a function's reserved concurrency, and come again as time goes by", () => {
    const clock = clockAt();
    const concurrency = createConcurrency(limits, clock);
    expect(new Set(times(20, () => ask(concurrency, reserved)))).toEqual(new Set(["run"]));
    expect(ask(concurrency, reserved)).toBe("ReservedFunctionInvocationRateLimitExceeded");
    expect(ask(concurrency, reserved, "asynchronously")).toBe("run");
    expect(ask(concurrency, made("other"))).toBe("run");
    clock.ms += 100;
    expect(times(3, () => ask(concurrency, reserved))).toEqual(["run", "run", "ReservedFunctionInvocationRateLimitExceeded"]);
    clock.ms += 60_000;
    expect(times(21, () => ask(concurrency, reserved)).at(-1)).toBe("ReservedFunctionInvocationRateLimitExceeded");
  });

  it("are ten for each unit of the account's, over all functions without a reservation of their own", () => {
    const concurrency = createConcurrency(limits, clockAt());
    expect(new Set(times(25, () => [ask(concurrency, made("a")), ask(concurrency, made("b"))].join()))).toEqual(new Set(["run,run"]));
    expect(ask(concurrency, made("a"))).toBe("FunctionInvocationRateLimitExceeded");
    expect(ask(concurrency, reserved)).toBe("run");
    expect(ask(concurrency, made("a", {}, "eu-west-1"))).toBe("run");
  });
});
