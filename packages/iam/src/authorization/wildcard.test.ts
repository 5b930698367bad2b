import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern, type PatternToken } from "./wildcard.ts";

const tokensOf = (pattern: string): PatternToken[] =>
  pattern.split("").map((c) => (c === "*" ? { kind: "many" } : c === "?" ? { kind: "one" } : { kind: "text", text: c }));

const matches = (pattern: string, text: string): boolean => compilePattern(tokensOf(pattern)).matches(text);

/** The plainest matcher there is: by definition, in exponential time. */
function naive(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  if (pattern[0] === "*") return naive(pattern.slice(1), text) || (text !== "" && naive(pattern, text.slice(1)));
  return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && naive(pattern.slice(1), text.slice(1));
}

test.each([
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["a*", "a", true],
  ["*a", "ba", true],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "a-c-b", false],
  ["?", "", false],
  ["a?c", "abc", true],
  ["*?*", "", false],
  ["arn:aws:lambda:*:*:function:prod-*", "arn:aws:lambda:eu-central-1:123456789012:function:prod-x", true],
  ["*aab", "aaab", true],
])("%j on %j: %j", (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test("agrees with a naive matcher", () => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 10 });
  fc.assert(
    fc.property(pattern, text, (p, t) => {
      expect(matches(p, t)).toBe(naive(p, t));
    }),
    { numRuns: 5_000 },
  );
});

test("a pattern made to be slow is not", () => {
  const started = performance.now();
  expect(matches(`${"*a".repeat(1_000)}b`, "a".repeat(6_000))).toBe(false);
  expect(matches(`${"*a?".repeat(1_000)}b`, "a".repeat(6_000))).toBe(false);
  expect(matches(`*${"a?".repeat(1_000)}b*`, "a".repeat(6_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});
