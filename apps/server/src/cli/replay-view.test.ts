import { expect, it } from "vitest";
import { replayView } from "./replay-view.ts";

const original = {
  RequestId: "1",
  InvokedAt: 1_800_000_000,
  Qualifier: "live",
  ExecutedVersion: "1",
  DurationMs: 12.5,
  EventSize: 2,
  Event: "{}",
  Response: '{"a":1}',
  Log: "START\u001b[31m red\n",
};
const replay = {
  InvokedAt: 1_800_000_060,
  ExecutedVersion: "2",
  DurationMs: 3,
  Response: "null",
  Log: "x".repeat(40),
  FunctionError: "Unhandled",
};

it("shows both runs side by side, without what would steer the terminal", () => {
  expect(replayView({ Original: original, Replay: replay }, 63)).toBe(
    [
      "invoked 2027-01-15 08:00:00    | replayed 2027-01-15 08:01:00",
      "version 1                      | version 2",
      "duration 12.5 ms               | duration 3 ms",
      "succeeded                      | Unhandled",
      "                               |",
      "{                              | null",
      '  "a": 1                       |',
      "}                              |",
      "                               |",
      `START[31m red                  | ${"x".repeat(30)}`,
      `                               | ${"x".repeat(10)}`,
    ].join("\n"),
  );
});
