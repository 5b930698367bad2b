import type { DatabaseSync } from "node:sqlite";
import type {
  AcceptedTopicMessage,
  DueTopicDeliveries,
  DueTopicDelivery,
  NewTopicDelivery,
  NewTopicMail,
  NewTopicMessage,
  TopicMail,
} from "../../topic-types.ts";
import type { HotMethod } from "../hot-store.ts";
import { blocked } from "./schema.ts";

/** The methods of TopicDeliveryStore. */
export function topicDeliveryMethods(database: DatabaseSync): Record<string, HotMethod> {
  const finish = finisher(database);
  return {
    accept: { mode: "write", run: accepter(database) },
    ...readingMethods(database),
    finish: { mode: "write", run: (ids: readonly number[], nowMs: number) => ids.forEach((id) => finish(id, nowMs)) },
    ...changingMethods(database),
    ...mailMethods(database, finish),
  };
}

function accepter(database: DatabaseSync) {
  const insertMessage = database.prepare("INSERT INTO sns_message (message_id, accepted_at, delivery_count, content) VALUES (?, ?, ?, ?)");
  const removeMessage = database.prepare("DELETE FROM sns_message WHERE id = ?");
  const insertDelivery = database.prepare(
    "INSERT INTO sns_delivery (message, subscription_id, group_name, due_at, attempts) VALUES (?, ?, ?, ?, 0)",
  );
  const isBehind = database.prepare("SELECT 1 FROM sns_delivery WHERE subscription_id = ? AND group_name = ? LIMIT 1");
  const known = database.prepare("SELECT message_id, sequence FROM sns_deduplication WHERE topic_id = ? AND key = ? AND until > ?");
  const remember = database.prepare("INSERT OR REPLACE INTO sns_deduplication VALUES (?, ?, ?, ?, ?)");

  const dueAt = ({ subscriptionId, group }: NewTopicDelivery, nowMs: number): number =>
    group !== undefined && isBehind.get(subscriptionId, group) !== undefined ? blocked : nowMs;

  return ({ messageId, content, acceptedAtMs, deduplication, deliveries }: NewTopicMessage): AcceptedTopicMessage => {
    const first = deduplication && known.get(deduplication.topicId, deduplication.key, acceptedAtMs);
    if (first !== undefined) return { messageId: first["message_id"] as string, sequence: first["sequence"] as number, isRepetition: true };
    const sequence = Number(insertMessage.run(messageId, acceptedAtMs, deliveries.length, content).lastInsertRowid);
    // It has had its number; nobody is owed it.
    if (deliveries.length === 0) removeMessage.run(sequence);
    for (const delivery of deliveries)
      insertDelivery.run(sequence, delivery.subscriptionId, delivery.group ?? null, dueAt(delivery, acceptedAtMs));
    if (deduplication !== undefined) remember.run(deduplication.topicId, deduplication.key, deduplication.untilMs, messageId, sequence);
    return { messageId, sequence, isRepetition: false };
  };
}

function finisher(database: DatabaseSync): (id: number, nowMs: number) => void {
  const find = database.prepare("SELECT message, subscription_id, group_name FROM sns_delivery WHERE id = ?");
  const remove = database.prepare("DELETE FROM sns_delivery WHERE id = ?");
  const countDown = database.prepare("UPDATE sns_message SET delivery_count = delivery_count - 1 WHERE id = ?");
  const removeMessage = database.prepare("DELETE FROM sns_message WHERE id = ? AND delivery_count <= 0");
  const release = database.prepare(
    `UPDATE sns_delivery SET due_at = min(due_at, ?) WHERE id =
     (SELECT id FROM sns_delivery WHERE subscription_id = ? AND group_name = ? ORDER BY id LIMIT 1) AND due_at = ${blocked}`,
  );
  return (id, nowMs) => {
    const row = find.get(id);
    if (row === undefined) return;
    remove.run(id);
    countDown.run(row["message"] as number);
    removeMessage.run(row["message"] as number);
    const group = row["group_name"] as string | null;
    if (group !== null) release.run(nowMs, row["subscription_id"] as number, group);
  };
}

function readingMethods(database: DatabaseSync): Record<string, HotMethod> {
  const pending = database.prepare("SELECT subscription_id, min(due_at) AS due_at FROM sns_delivery GROUP BY subscription_id");
  const due = database.prepare(
    `SELECT d.id, d.attempts, m.id AS sequence, m.message_id, m.accepted_at, m.content FROM sns_delivery d JOIN sns_message m ON m.id = d.message
     WHERE d.subscription_id = ? AND d.due_at <= ? AND d.id NOT IN (SELECT value FROM json_each(?)) ORDER BY d.due_at, d.id LIMIT ?`,
  );
  const next = database.prepare(
    `SELECT min(due_at) AS due_at FROM sns_delivery WHERE subscription_id = ? AND due_at > ? AND due_at < ${blocked}`,
  );
  return {
    pending: {
      mode: "read",
      run: () => pending.all().map((row) => ({ subscriptionId: row["subscription_id"] as number, dueAtMs: row["due_at"] as number })),
    },
    due: {
      mode: "read",
      run: (subscriptionId: number, nowMs: number, limit: number, underWay: readonly number[]): DueTopicDeliveries => {
        const rows = due.all(subscriptionId, nowMs, JSON.stringify(underWay), limit);
        const deliveries = rows.map((row) => toDelivery(subscriptionId, row));
        if (rows.length === limit) return { deliveries, nextAtMs: nowMs };
        return { deliveries, nextAtMs: (next.get(subscriptionId, nowMs)?.["due_at"] as number | null | undefined) ?? undefined };
      },
    },
  };
}

const toDelivery = (subscriptionId: number, row: Record<string, unknown>): DueTopicDelivery => ({
  id: row["id"] as number,
  subscriptionId,
  attempts: row["attempts"] as number,
  acceptedAtMs: row["accepted_at"] as number,
  messageId: row["message_id"] as string,
  sequence: row["sequence"] as number,
  content: row["content"] as string,
});

function changingMethods(database: DatabaseSync): Record<string, HotMethod> {
  const postpone = database.prepare("UPDATE sns_delivery SET attempts = ?, due_at = ? WHERE id = ?");
  const forget = database.prepare(
    "DELETE FROM sns_deduplication WHERE (topic_id, key) IN (SELECT topic_id, key FROM sns_deduplication WHERE until <= ? LIMIT ?)",
  );
  return {
    postpone: { mode: "write", run: (id: number, attempts: number, dueAtMs: number) => void postpone.run(attempts, dueAtMs, id) },
    forgetRepetitions: { mode: "write", run: (nowMs: number, limit: number) => Number(forget.run(nowMs, limit).changes) },
  };
}

type MailScope = Pick<NewTopicMail, "accountId" | "region">;

function mailMethods(database: DatabaseSync, finish: (id: number, nowMs: number) => void): Record<string, HotMethod> {
  const isOwed = database.prepare("SELECT 1 FROM sns_delivery WHERE id = ?");
  const insert = database.prepare("INSERT INTO sns_mail (account_id, region, sent_at, content) VALUES (?, ?, ?, ?)");
  const bound = database.prepare(
    `DELETE FROM sns_mail WHERE account_id = ? AND region = ? AND id <=
     (SELECT id FROM sns_mail WHERE account_id = ? AND region = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );
  const list = database.prepare(
    "SELECT id, sent_at, content FROM sns_mail WHERE account_id = ? AND region = ? AND id < ? ORDER BY id DESC LIMIT ?",
  );
  return {
    deliverMail: {
      mode: "write",
      run: (deliveryId: number, { accountId, region, sentAtMs, content }: NewTopicMail, keptCount: number) => {
        if (isOwed.get(deliveryId) === undefined) return;
        insert.run(accountId, region, sentAtMs, content);
        bound.run(accountId, region, accountId, region, keptCount);
        finish(deliveryId, sentAtMs);
      },
    },
    mails: {
      mode: "read",
      run: ({ accountId, region }: MailScope, beforeId: number | undefined, limit: number): TopicMail[] =>
        list.all(accountId, region, beforeId ?? Number.MAX_SAFE_INTEGER, limit).map((row) => ({
          id: row["id"] as number,
          accountId,
          region,
          sentAtMs: row["sent_at"] as number,
          content: row["content"] as string,
        })),
    },
  };
}
