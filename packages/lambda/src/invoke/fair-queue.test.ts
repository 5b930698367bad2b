import { expect, it } from "vitest";
import { createFairQueue } from "./fair-queue.ts";

const entry = (functionName: string, n: number) => ({ key: { accountId: "1", region: "r", functionName }, n });
const names = (entries: readonly (ReturnType<typeof entry> | undefined)[]) => entries.map((e) => e && `${e.key.functionName}${e.n}`);

it("keeps order within a function and lets functions take turns", () => {
  const queue = createFairQueue<ReturnType<typeof entry>>(() => 10);
  for (let n = 0; n < 4; n++) queue.push(entry("a", n));
  queue.push(entry("b", 0));
  queue.push(entry("b", 1));
  expect(names(Array.from({ length: 7 }, () => queue.take()))).toEqual(["a0", "b0", "a1", "b1", "a2", "a3", undefined]);
});

it("holds a function to its share", () => {
  const queue = createFairQueue<ReturnType<typeof entry>>(() => 1);
  const first = entry("a", 0);
  queue.push(first);
  queue.push(entry("a", 1));
  expect(queue.take()).toBe(first);
  expect(queue.take()).toBeUndefined();
  expect(queue.size).toBe(1);
  queue.finished(first);
  expect(names([queue.take()])).toEqual(["a1"]);
});
