import { expect, test } from "vitest";
import { jsonProblem } from "./test-form.ts";

test.each([
  ['{"a": [1, true, null, "x"]}', undefined],
  ['"text"', undefined],
  ["", "The event must be JSON; an empty event is {}."],
  ['{\n  "a": 1,\n  "b":\n}', "Line 4, column 1: a value is missing."],
  ['{"a": 1,}', "Line 1, column 9: a name in double quotes is missing."],
  ["{a: 1}", "Line 1, column 2: this is not JSON."],
  ["{} {}", "Line 1, column 4: the event ends before this."],
  ["{} // note", "Line 1, column 4: JSON has no comments."],
  ["[1, 2", "Line 1, column 6: a closing ] is missing."],
])("%j", (text, problem) => {
  expect(jsonProblem(text)).toBe(problem);
});
