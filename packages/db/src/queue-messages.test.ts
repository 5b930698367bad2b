import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase, type Database, type NewQueueMessage, type QueueReceive } from "./index.ts";

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-queue-messages-"));
  db = await openDatabase({ folder, ephemeral: true });
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

let made = 0;
const message = (body: string, more: Partial<NewQueueMessage> = {}): NewQueueMessage => ({
  meta: "{}",
  body,
  messageId: `m${++made}`,
  sentAtMs: 1_000,
  visibleAtMs: 1_000,
  ...more,
});
const receive = (more: Partial<QueueReceive> = {}) =>
  db.queueMessages.receive({
    queueId: 1,
    isFifo: false,
    nowMs: 2_000,
    count: 10,
    visibilityTimeoutMs: 30_000,
    sentAfterMs: 0,
    inFlightCount: 120_000,
    ...more,
  });
const bodies = async (received: ReturnType<typeof receive>): Promise<string[]> => (await received).messages.map(({ body }) => body);

test("no more messages are in flight than may be, until some come back", async () => {
  await db.queueMessages.send(
    1,
    Array.from({ length: 12 }, (_, at) => message(String(at))),
  );
  expect(await bodies(receive({ count: 4, inFlightCount: 4 }))).toHaveLength(4);
  expect(await receive({ inFlightCount: 4 })).toMatchObject({ messages: [], isOverLimit: true, nextAtMs: 32_000 });
  expect(await bodies(receive({ count: 4, inFlightCount: 4, nowMs: 32_000 }))).toHaveLength(4);
});

test("a reset leaves nothing, also of what was counted", async () => {
  await db.queueMessages.send(1, [message("a", { group: "g", deduplication: { key: "k", untilMs: 9e9 } })]);
  await receive({ isFifo: true, inFlightCount: 1 });
  await db.reset();
  expect(await db.queueMessages.queueIds()).toEqual([]);
  expect(await db.queueMessages.counts(1, 2_000)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  await db.queueMessages.send(1, [message("b", { group: "g", deduplication: { key: "k", untilMs: 9e9 } })]);
  expect(await bodies(receive({ isFifo: true, inFlightCount: 1 }))).toEqual(["b"]);
});

test("a copy has the messages, those in flight too", async () => {
  await db.queueMessages.send(1, [message("waits"), message("in flight")]);
  await receive({ count: 1 });
  await db.copyTo(join(folder, "copy"));
  const copy = await openDatabase({ folder: join(folder, "copy") });
  expect(await copy.queueMessages.counts(1, 2_000)).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
  await copy.close();
});

test("thousands of messages that go to the dead-letter queue at once go a part at a time, in order", async () => {
  const sent = Array.from({ length: 2_500 }, (_, at) => message(String(at)));
  await db.queueMessages.send(1, sent);
  for (let received = 0; received < 2_500; received += 10) await receive({ visibilityTimeoutMs: 1 });
  const deadLetter = { queueId: 2, isFifo: false, maxReceiveCount: 1, sourceArn: "arn" };
  const parts = [];
  for (let part = await receive({ deadLetter, nowMs: 3_000 }); ; part = await receive({ deadLetter, nowMs: 3_000 })) {
    parts.push(part.redriven.length);
    expect(part.messages).toEqual([]);
    if (part.nextAtMs === undefined) break;
  }
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(2_500);
  const first = await receive({ queueId: 2, nowMs: 3_000 });
  expect(first.messages.map(({ body }) => body)).toEqual(sent.slice(0, 10).map(({ body }) => body));
  expect(first.messages[0]).toMatchObject({ messageId: sent[0]?.messageId, deadLetterSourceArn: "arn", receiveCount: 1 });
});

test("groups take turns: one with a backlog does not starve the others", async () => {
  await db.queueMessages.send(
    1,
    Array.from({ length: 50 }, (_, at) => message(`big ${at}`, { group: "big" })),
  );
  await db.queueMessages.send(1, [message("small", { group: "small" })]);
  const first = await receive({ isFifo: true, count: 1 });
  await db.queueMessages.remove({ queueId: 1, isFifo: true, nowMs: 2_001 }, first.messages);
  expect(await bodies(receive({ isFifo: true, count: 1, nowMs: 2_001 }))).toEqual(["small"]);
});

test("a FIFO queue's messages are moved on in the order of their groups", async () => {
  await db.queueMessages.send(
    1,
    ["1", "2", "3"].map((body, at) => message(body, { group: "g", sentAtMs: 1_000 + at })),
  );
  // The first one was received, and became visible again later than the others.
  await receive({ isFifo: true, count: 1, visibilityTimeoutMs: 10 });
  const movable = await db.queueMessages.movable(1, true, { lastId: 9e9, nowMs: 5_000, limit: 10 });
  await db.queueMessages.move(
    "task",
    1,
    5_000,
    movable.map(({ id }) => ({ id, toQueueId: 2, isFifo: true, messageId: `new ${id}` })),
  );
  expect(await bodies(receive({ queueId: 2, isFifo: true, nowMs: 5_000 }))).toEqual(["1", "2", "3"]);
  expect(await db.queueMessages.counts(1, 5_000)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});
