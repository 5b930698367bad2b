import { expect, it } from "vitest";
import { defaultLimits } from "./limits.ts";
import { overrideLimits } from "./override-limits.ts";

it("replaces what is given", () => {
  const limits = overrideLimits({ concurrentExecutionCount: 10, asyncFunctionRetryMs: [5, 10] });
  expect(limits).toEqual({ ...defaultLimits, concurrentExecutionCount: 10, asyncFunctionRetryMs: [5, 10] });
});

it.each([
  [{ concurrency: 10 }, "There is no limit concurrency."],
  [{ toString: 10 }, "There is no limit toString."],
  [{ timeoutSeconds: "900" }, "The limit timeoutSeconds must be a number such as 900."],
  [{ timeoutSeconds: -1 }, "The limit timeoutSeconds must be a number such as 900."],
  [{ timeoutSeconds: 1.5 }, "The limit timeoutSeconds must be a number such as 900."],
  [{ asyncBusyPart: 1.5 }, "The limit asyncBusyPart must be a number such as 0.9."],
  [{ asyncFunctionRetryMs: 5 }, "The limit asyncFunctionRetryMs must be a list of numbers such as [60000,120000]."],
  [{ asyncFunctionRetryMs: [] }, "The limit asyncFunctionRetryMs must be a list of numbers such as [60000,120000]."],
  [[], "Limits must be a JSON object of names and numbers."],
])("refuses %j", (given, message) => {
  expect(() => overrideLimits(given)).toThrow(message);
});
