import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase, type Database, type NewTopicMessage } from "./index.ts";

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-topic-deliveries-"));
  db = await openDatabase({ folder, ephemeral: true });
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const message = (messageId: string, subscriptions: readonly number[], more: Partial<NewTopicMessage> & { group?: string } = {}) => {
  const { group, ...rest } = more;
  const deliveries = subscriptions.map((subscriptionId) => ({ subscriptionId, ...(group !== undefined && { group }) }));
  return db.topicDeliveries.accept({ messageId, content: `content of ${messageId}`, acceptedAtMs: 1_000, deliveries, ...rest });
};
const due = async (subscriptionId: number, nowMs = 1_000, underWay: readonly number[] = []) =>
  (await db.topicDeliveries.due(subscriptionId, nowMs, 10, underWay)).deliveries;
const idsOf = async (subscriptionId: number) => (await due(subscriptionId)).map(({ messageId }) => messageId);

test("a message is owed to each subscription until it is finished, also after another start", async () => {
  await message("a", [1, 2]);
  await message("b", [2]);
  const [first] = await due(1);
  expect(first).toMatchObject({ subscriptionId: 1, attempts: 0, acceptedAtMs: 1_000, messageId: "a", content: "content of a" });
  await db.topicDeliveries.finish([first?.id ?? 0], 1_000);
  await db.close();
  db = await openDatabase({ folder, ephemeral: true });
  expect(await db.topicDeliveries.pending()).toEqual([{ subscriptionId: 2, dueAtMs: 1_000 }]);
  expect(await idsOf(2)).toEqual(["a", "b"]);
  const [a, b] = await due(2);
  expect((await due(2, 1_000, [a?.id ?? 0])).map(({ id }) => id)).toEqual([b?.id]);
  await db.topicDeliveries.finish([a?.id ?? 0, b?.id ?? 0], 1_000);
  expect(await db.topicDeliveries.pending()).toEqual([]);
});

test("what failed is due later, and when is told", async () => {
  await message("a", [1]);
  const [first] = await due(1);
  await db.topicDeliveries.postpone(first?.id ?? 0, 1, 5_000);
  expect(await db.topicDeliveries.due(1, 4_999, 10, [])).toEqual({ deliveries: [], nextAtMs: 5_000 });
  expect((await due(1, 5_000))[0]).toMatchObject({ attempts: 1, messageId: "a" });
});

test("a group's deliveries to a subscription come one after the other, other groups' and subscriptions' do not wait", async () => {
  for (const id of ["a1", "a2", "a3"]) await message(id, [1, 2], { group: "a" });
  await message("b1", [1], { group: "b" });
  expect(await idsOf(1)).toEqual(["a1", "b1"]);
  const [a1] = await due(1);
  await db.topicDeliveries.postpone(a1?.id ?? 0, 1, 9_000);
  expect(await idsOf(1)).toEqual(["b1"]);
  expect(await idsOf(2)).toEqual(["a1"]);
  await db.topicDeliveries.finish([a1?.id ?? 0], 2_000);
  expect((await due(1, 2_000)).map(({ messageId }) => messageId)).toEqual(["b1", "a2"]);
});

test("a repetition is stored for nobody and told the first one's id and number, which grow", async () => {
  const deduplication = { topicId: 7, key: "k", untilMs: 2_000 };
  const first = await message("a", [1], { deduplication });
  expect(await message("b", [1], { deduplication })).toEqual({ ...first, isRepetition: true });
  const other = await message("c", [], { deduplication: { ...deduplication, topicId: 8 } });
  const late = await message("d", [1], { deduplication, acceptedAtMs: 2_000 });
  expect(other.sequence).toBeGreaterThan(first.sequence);
  expect(late).toMatchObject({ messageId: "d", isRepetition: false });
  expect(late.sequence).toBeGreaterThan(other.sequence);
  expect(await db.topicDeliveries.forgetRepetitions(2_000, 10)).toBe(2);
});

test("mails stay, the newest of each account and region, and take their delivery with them", async () => {
  const scope = { accountId: "111122223333", region: "us-east-1" };
  for (const id of ["a", "b", "c"]) await message(id, [1]);
  for (const { id, messageId } of await due(1))
    await db.topicDeliveries.deliverMail(id, { ...scope, sentAtMs: 1_000, content: messageId }, 2);
  expect(await due(1)).toEqual([]);
  const mails = await db.topicDeliveries.mails(scope, undefined, 10);
  expect(mails.map(({ content }) => content)).toEqual(["c", "b"]);
  expect((await db.topicDeliveries.mails(scope, mails[0]?.id, 10)).map(({ content }) => content)).toEqual(["b"]);
  expect(await db.topicDeliveries.mails({ ...scope, region: "eu-west-1" }, undefined, 10)).toEqual([]);
});
