import { expect, test } from "vitest";
import { createTimestampReader, readTimestamp } from "./timestamp.ts";

test("a reader that remembers reads each text as one that does not", () => {
  const remembering = createTimestampReader();
  const texts = ["", "20261123T150000Z", "20261123T150000Z", "20261123T150001Z", "20260230T000000Z", "x", "x", "20261123T150000Z", ""];
  expect(texts.map(remembering)).toEqual(texts.map(readTimestamp));
  expect(remembering("20260230T000000Z")).toEqual({ signedAtMs: Date.parse("2026-03-02"), timestamp: "20260302T000000Z" });
});
