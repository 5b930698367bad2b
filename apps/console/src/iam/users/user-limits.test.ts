import { expect, test } from "vitest";
import { generatedPassword } from "./generated-password.ts";
import { passwordProblem, userNameProblem } from "./user-limits.ts";

test.each([
  ["ann", undefined],
  ["ann+test@example.com", undefined],
  ["", "User name is required."],
  ["ann smith", "User name is invalid. Use alphanumeric and '+=,.@-_' characters."],
  ["x".repeat(65), "Maximum 64 characters; this name has 65."],
])("the name %j", (name, problem) => {
  expect(userNameProblem(name)).toBe(problem);
});

test.each([
  ["correct-Horse", false],
  ["Horse777", false],
  ["short-7", true],
  ["onlylowercase", true],
  ["lower7777", true],
  ["Ann-Smith", true],
])("the password %j", (password, isWrong) => {
  expect(passwordProblem(password, "ann-smith") !== undefined).toBe(isWrong);
});

test("a generated password obeys the rules, and is another each time", () => {
  const passwords = Array.from({ length: 50 }, generatedPassword);
  expect(passwords.filter((password) => passwordProblem(password, "ann") !== undefined)).toEqual([]);
  expect(new Set(passwords).size).toBe(50);
});
