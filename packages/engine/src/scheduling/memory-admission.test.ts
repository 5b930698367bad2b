import { expect, test } from "vitest";
import { createMemoryAdmission } from "./memory-admission.ts";

const nothingToEvict = (): number => 0;

test("room is given until there is none", async () => {
  const memory = createMemoryAdmission(300);
  await memory.take(128, nothingToEvict);
  await memory.take(128, nothingToEvict);
  await expect(memory.take(128, nothingToEvict)).rejects.toMatchObject({ code: "insufficient-memory" });
  memory.giveBack(128);
  await memory.take(128, nothingToEvict);
});

test("who waits for what is being freed gets it in the order of asking", async () => {
  const memory = createMemoryAdmission(300);
  await memory.take(300, nothingToEvict);
  const asked: number[] = [];
  const given: string[] = [];
  const evict = (neededMb: number): number => {
    asked.push(neededMb);
    return 300;
  };
  const first = memory.take(200, evict).then(() => given.push("first"));
  const second = memory.take(100, evict).then(() => given.push("second"));
  expect(asked).toEqual([200, 300]);
  memory.giveBack(100);
  await Promise.resolve();
  expect(given).toEqual([]);
  memory.giveBack(200);
  await Promise.all([first, second]);
  expect(given).toEqual(["first", "second"]);
});
