import { expect, test } from "vitest";
import { corsExample, corsProblem } from "./cors-text.ts";

test.each([
  ["{", "no JSON"],
  ["{}", "a list"],
  ["[]", "one at least"],
  ['[{"AllowedMethods": ["GET"]}]', "AllowedOrigins"],
])("%s is no list of rules: %s", (text, problem) => {
  expect(corsProblem(text)).toContain(problem);
});

test("the example is one", () => {
  expect(corsProblem(corsExample)).toBeUndefined();
});
