import { expect, test } from "vitest";
import { createReceivingBudget } from "./receiving-budget.ts";

const mebibyte = 1024 * 1024;

test("a function has room for one largest body, and takes none from others", () => {
  const budget = createReceivingBudget(70 * mebibyte);
  const first = budget.account("f");
  const second = budget.account("f");
  expect(first.take(70 * mebibyte)).toBe(true);
  expect(second.take(70 * mebibyte)).toBe(false);
  expect(second.take(20 * mebibyte)).toBe(true);
  expect(budget.account("g").take(70 * mebibyte)).toBe(true);
  expect(budget.account(undefined).take(1000 * mebibyte)).toBe(true);
  expect(budget.account(undefined).take(70 * mebibyte)).toBe(false);
  first.close();
  first.close();
  expect(second.take(70 * mebibyte)).toBe(true);
  second.close();
  expect(budget.account("f").take(96 * mebibyte)).toBe(true);
});
