import { expect, test } from "vitest";
import { prettyJson } from "./pretty-json.ts";

test.each([
  ['{"a":[1,{}]}', '{\n  "a": [\n    1,\n    {}\n  ]\n}'],
  ['"a text with [brackets, and a \\" quote"', '"a text with [brackets, and a \\" quote"'],
  ["no JSON", "no JSON"],
  ["", ""],
])("%j", (text, pretty) => expect(prettyJson(text)).toBe(pretty));

test("a thousand levels are indented", () => {
  const text = "[".repeat(1_000) + "]".repeat(1_000);
  expect(prettyJson(text).split("\n")).toHaveLength(1_999);
});

test("what would grow beyond measure stays as it is", () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  expect(prettyJson(deep)).toBe(deep);
  const wide = "[".repeat(1_000) + "1,".repeat(1_000_000) + "1" + "]".repeat(1_000);
  expect(prettyJson(wide)).toBe(wide);
});
