import { expect, test } from "vitest";
import { createKeyLock } from "./key-lock.ts";

test("tasks of one key run one after the other, in order, even after one that failed; other keys do not wait", async () => {
  const lock = createKeyLock();
  const seen: string[] = [];
  const first = Promise.withResolvers<void>();
  const a1 = lock.run("a", async () => {
    seen.push("a1 begins");
    await first.promise;
    throw new Error("a1 fails");
  });
  const a2 = lock.run("a", async () => void seen.push("a2"));
  await lock.run("b", async () => void seen.push("b"));
  expect(seen).toEqual(["a1 begins", "b"]);
  first.resolve();
  await expect(a1).rejects.toThrow("a1 fails");
  await a2;
  expect(seen).toEqual(["a1 begins", "b", "a2"]);
});
