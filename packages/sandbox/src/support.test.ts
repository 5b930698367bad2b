import { expect, test } from "vitest";
import { detectSupport } from "./index.ts";

test("doctor's table names what is missing and how to get it", async () => {
  const support = await detectSupport();
  expect(["full", "reduced"]).toContain(support.level);
  for (const mechanism of support.mechanisms) {
    if (!mechanism.available) expect(mechanism.lost.length * mechanism.remedy.length).toBeGreaterThan(0);
  }
});
