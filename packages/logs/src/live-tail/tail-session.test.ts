import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limits } from "../limits.ts";
import { createTailSession, type TailSession } from "./tail-session.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const second = limits.tail.updateIntervalMs;

async function started(): Promise<{ session: TailSession; ends: number[] }> {
  const ends: number[] = [];
  const session = createTailSession({ sessionId: "s" }, limits.tail, () => ends.push(Date.now()));
  expect(await session.events.next()).toEqual({ done: false, value: { sessionStart: { sessionId: "s" } } });
  return { session, ends };
}

async function messagesOf(session: TailSession): Promise<(string | undefined)[]> {
  const { value } = await session.events.next();
  return (value?.sessionUpdate?.sessionResults ?? []).map(({ message }: { message?: string | undefined }) => message);
}

test("a session that has been open for three hours ends with SessionTimeoutException, after what it still holds", async () => {
  const { session, ends } = await started();
  vi.advanceTimersByTime(3 * 3_600_000 - 1);
  expect(ends).toEqual([]);
  session.add({ message: "last" }, 4);
  vi.advanceTimersByTime(1);
  expect(ends).toHaveLength(1);
  const held: (string | undefined)[] = [];
  const drain = async (): Promise<void> => {
    for (;;) held.push(...(await messagesOf(session)));
  };
  await expect(drain()).rejects.toMatchObject({ code: "SessionTimeoutException", message: "The Live Tail session has timed out." });
  expect(held).toEqual(["last"]);
  expect(await session.events.next()).toEqual({ done: true, value: undefined });
});

test("a client that reads slowly gets the ten newest updates, the oldest are dropped", async () => {
  const { session } = await started();
  for (let index = 0; index < 25; index++) {
    session.add({ message: `line ${index}` }, 7);
    vi.advanceTimersByTime(second);
  }
  const got: (string | undefined)[] = [];
  for (let index = 0; index < limits.tail.waitingUpdateCount; index++) got.push(...(await messagesOf(session)));
  expect(got).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 15}`));
});

test("large lines neither fill an update nor what waits without bound", async () => {
  const { session } = await started();
  const million = 1_000_000;
  for (let index = 0; index < 10; index++) {
    for (let line = 0; line < 5; line++) session.add({ message: `${index}/${line}` }, million);
    vi.advanceTimersByTime(second);
  }
  const { value } = await session.events.next();
  expect(value?.sessionUpdate).toEqual({
    sessionMetadata: { sampled: true },
    sessionResults: [{ message: "6/0" }, { message: "6/1" }],
  });
});

test("return ends a session that waits, once", async () => {
  const { session, ends } = await started();
  const next = session.events.next();
  await session.events.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  await session.events.return?.();
  vi.advanceTimersByTime(limits.tail.sessionMs);
  expect(ends).toHaveLength(1);
});
