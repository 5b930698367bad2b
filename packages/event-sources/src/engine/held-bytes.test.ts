import { expect, test } from "vitest";
import { createHeldBytes } from "./held-bytes.ts";

test("whoever would read more waits until there is room, or until it is called off", async () => {
  const held = createHeldBytes(10);
  const forEver = new AbortController().signal;
  await held.room(forEver);
  held.take(12);
  const order: string[] = [];
  const leaving = new AbortController();
  const waiting = [held.room(forEver).then(() => order.push("room")), held.room(leaving.signal).then(() => order.push("called off"))];
  leaving.abort();
  await waiting[1];
  held.give(2);
  await Promise.resolve();
  expect(order).toEqual(["called off"]);
  held.give(1);
  await Promise.all(waiting);
  expect(order).toEqual(["called off", "room"]);
  await held.room(forEver);
});
