import { expect, test } from "vitest";
import { dueWithinAge } from "./event-settings.ts";

const settings = { retryAttempts: 2, endsAtMs: 1_000, onSuccess: undefined, onFailure: undefined };

test.each([
  ["a retry within the event's age is made in its time", 500, 100, 500],
  ["a retry beyond it is made when the event is too old", 60_000, 100, 1_000],
  ["what is too old and could not be told is not tried again at once", 6_000, 5_000, 6_000],
])("%s", (_what, dueAtMs, nowMs, expected) => {
  expect(dueWithinAge(dueAtMs, settings, nowMs)).toBe(expected);
});
