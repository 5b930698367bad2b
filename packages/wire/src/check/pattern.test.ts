import type { ServiceName } from "@mayfly/kernel";
import { describe, expect, test } from "vitest";
import { wireLimits } from "../limits.ts";
import { loadModel } from "../model/load-model.ts";
import type { Shape } from "../model/model.ts";
import { patternMatches } from "./pattern.ts";

const services: readonly ServiceName[] = ["lambda", "logs", "iam", "sts", "schemas"];

/** Every pattern that an input may meet, with the longest text that is tried on it. */
async function patterns(): Promise<Map<string, number>> {
  const longest = new Map<string, number>();
  const seen = new Set<Shape>();
  const visit = (shape: Shape | undefined): void => {
    if (shape === undefined || seen.has(shape)) return;
    seen.add(shape);
    for (const member of [...shape.members, shape.element, shape.key, shape.value]) {
      if (member === undefined) continue;
      const { pattern, max } = member.constraints;
      if (pattern !== undefined)
        longest.set(pattern, Math.max(longest.get(pattern) ?? 0, Math.min(max ?? Infinity, wireLimits.patternInputCharacters)));
      visit(member.shape);
    }
  };
  for (const service of services) for (const { input } of (await loadModel(service)).operations.values()) visit(input);
  return longest;
}

const starts = ["", "arn:aws", "arn:aws:lambda:us-east-1:123456789012:function:"];
const pieces = ["a", "a-", "a.", "-", "/a", "0", ":", "a:", "$LATEST:"];

describe("hostile texts", async () => {
  test.each([...(await patterns())])("%s bears them", (pattern, length) => {
    for (const start of starts) {
      for (const piece of pieces) {
        const text = `${start}${piece.repeat(Math.ceil(length / piece.length))}`.slice(0, length - 1);
        const before = process.threadCpuUsage();
        patternMatches(pattern, `${text}!`);
        // Processor time: what else the machine does is no fault of the pattern.
        expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(500);
      }
    }
  });
});

test("the whole text must match", () => {
  expect(patternMatches("[a-z]+", "abc")).toBe(true);
  expect(patternMatches("[a-z]+", "abc\n")).toBe(false);
  expect(patternMatches("a|b", "ab")).toBe(false);
});
