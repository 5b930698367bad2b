import { expect, test } from "vitest";
import { sharesOf } from "../versions/shares.ts";
import { countByVersion } from "./count-by-version.ts";

test("invocations are counted by the version in their stream's name", () => {
  const streams = ["2026/11/27/[1]aa", "2026/11/27/[12]bb", "2026/11/27/orders[1]cc", "2026/11/27/[$LATEST]dd", "own-stream"];
  const counts = countByVersion(streams.map((logStreamName) => ({ logStreamName })));
  expect(Object.fromEntries(counts)).toEqual({ "1": 2, "12": 1, $LATEST: 1 });
});

test("an alias's shares are percents that add up to a hundred", () => {
  expect(sharesOf({ FunctionVersion: "1" })).toEqual([{ version: "1", percent: 100 }]);
  const RoutingConfig = { AdditionalVersionWeights: { "2": 0.29 } };
  expect(sharesOf({ FunctionVersion: "1", RoutingConfig })).toEqual([
    { version: "1", percent: 71 },
    { version: "2", percent: 29 },
  ]);
});
