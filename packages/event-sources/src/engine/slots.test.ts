import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSlots, type Slot } from "./slots.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const forEver = new AbortController().signal;
const scaling = { startCount: 2, mostCount: 4, growthPerMinute: 60 };

/** Asks for so many, and says how many were given so far. */
function asking(slots: ReturnType<typeof createSlots>, count: number) {
  const given: Slot[] = [];
  for (let index = 0; index < count; index++) void slots.enter(forEver).then((slot) => slot && given.push(slot));
  return async (ms = 0) => (await vi.advanceTimersByTimeAsync(ms), given);
}

test("there are more places while all are in use, up to a bound", async () => {
  const given = asking(createSlots(scaling), 6);
  expect(await given()).toHaveLength(2);
  expect(await given(999)).toHaveLength(2);
  expect(await given(1)).toHaveLength(3);
  expect(await given(600_000)).toHaveLength(4);
  (await given())[0]!.leave();
  (await given())[0]!.leave();
  expect(await given()).toHaveLength(5);
});

test("when nothing is left to do it begins anew", async () => {
  const slots = createSlots(scaling);
  const given = asking(slots, 4);
  for (const slot of await given(60_000)) slot.leave();
  slots.calm();
  expect(await asking(slots, 4)()).toHaveLength(2);
});

test("fewer at once after failures, as many as before after successes", async () => {
  const slots = createSlots({ ...scaling, startCount: 3, mostCount: 3 });
  const given = await asking(slots, 3)();
  slots.failed();
  slots.failed();
  slots.failed();
  for (const slot of given) slot.leave();
  const again = asking(slots, 3);
  expect(await again()).toHaveLength(1);
  slots.succeeded();
  expect(await again()).toHaveLength(2);
});

test("who is called off waits no longer, and leaves the place to others", async () => {
  const slots = createSlots({ startCount: 1, mostCount: 1, growthPerMinute: 60 });
  const [held] = await asking(slots, 1)();
  const leaving = new AbortController();
  const first = slots.enter(leaving.signal);
  const second = slots.enter(forEver);
  leaving.abort();
  expect(await first).toBeUndefined();
  held!.leave();
  expect(await second).toBeDefined();
});
