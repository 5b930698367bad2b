import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { engineLimits } from "../limits.ts";
import { createReadingBudget, type ReadingAccount } from "./reading-budget.ts";

const { logOwnCost, logSharedCost, logSharedCostPerSecond, logOwnCostPerSecond } = engineLimits;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const budgetOfFakeTime = () => createReadingBudget(() => Date.now());
/** Spends as fast as it may, `cost` at a time; answers how much it has spent. */
function greedy(account: ReadingAccount, cost: number): () => number {
  let spent = 0;
  const go = (): void => {
    while (account.maySpend) {
      account.spend(cost);
      spent += cost;
    }
    account.whenPaid(go);
  };
  go();
  return () => spent;
}

test("a burst passes, then the greedy share what all may have, in equal parts", () => {
  const budget = budgetOfFakeTime();
  const first = greedy(budget.account(), 10_000);
  expect(first()).toBeGreaterThanOrEqual(logSharedCost);
  const second = greedy(budget.account(), 1_000);
  const before = [first(), second()];
  vi.advanceTimersByTime(4_000);
  const [one, two] = [first() - before[0]!, second() - before[1]!];
  const perSecond = logSharedCostPerSecond / 2 + logOwnCostPerSecond;
  expect(one / 4).toBeGreaterThan(perSecond * 0.9);
  expect(one / 4).toBeLessThan(perSecond * 1.1);
  expect(Math.abs(one - two)).toBeLessThan(perSecond * 0.2);
});

test("who logs little never waits for those who log much", () => {
  const budget = budgetOfFakeTime();
  greedy(budget.account(), 10_000);
  const modest = budget.account();
  for (let second = 0; second < 60; second++) {
    vi.advanceTimersByTime(1_000);
    modest.spend(logOwnCostPerSecond);
    expect(modest.maySpend).toBe(true);
  }
  modest.spend(logOwnCost);
  expect(modest.maySpend).toBe(true);
});

test("at the end nobody waits", () => {
  const budget = budgetOfFakeTime();
  const account = budget.account();
  account.spend(logOwnCost + logSharedCost + 1);
  const paid = vi.fn<() => void>();
  account.whenPaid(paid);
  expect(paid).not.toHaveBeenCalled();
  budget.open();
  expect(paid).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test("both of an environment's outputs that wait go on", () => {
  const budget = budgetOfFakeTime();
  const account = budget.account();
  account.spend(logOwnCost + logSharedCost + 1);
  const paid = [vi.fn<() => void>(), vi.fn<() => void>()];
  for (const callback of paid) account.whenPaid(callback);
  vi.advanceTimersByTime(60_000);
  for (const callback of paid) expect(callback).toHaveBeenCalledOnce();
});
