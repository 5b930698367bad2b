import { expect, test } from "vitest";
import { outcomeOf } from "./trail-facts.ts";

const At = new Date(0);
const trail = (...kinds: readonly (string | readonly [string, string])[]) => ({
  Steps: kinds.map((kind) => (typeof kind === "string" ? { At, Kind: kind } : { At, Kind: kind[0], Detail: kind[1] })),
});

test.each([
  [trail("received", "delivered", "deleted"), "Handled", undefined],
  [trail("received", "delivered", "failed", "left", "received", "delivered", "deleted"), "Handled", "at attempt 2"],
  [trail("received", ["filtered", "filter 1: body.kind"], "deleted"), "Filtered out", "filter 1: body.kind"],
  [trail("received", "delivered", "failed", "left"), "Comes again", "The function failed"],
  [trail("received", ["unavailable", "no role"], "left"), "Comes again", "no role"],
  [trail("received", "loop", "deleted"), "Stopped: loop", undefined],
  [trail("received", "delivered"), "Under way", undefined],
])("%j", (steps, text, why) => {
  expect(outcomeOf(steps)).toMatchObject({ text, why });
});
