import type { DatabaseSync } from "node:sqlite";
import type {
  NewQueueMessage,
  QueueReceipt,
  ReceiptOutcome,
  ReceiptScope,
  StoredQueueMessage,
  VisibilityChange,
} from "../../queue-types.ts";
import type { HotMethod } from "../hot-store.ts";
import { inFlightOf, type InFlight } from "./in-flight.ts";
import { messagesOf, type Messages, type MessageState } from "./messages.ts";
import { moveTaskMethods } from "./move-tasks.ts";
import { receiver } from "./receive.ts";

/** No message is invisible for longer than this since it was received. */
const invisibleMs = 43_200_000;

/** The methods of QueueMessageStore, and how it is told that all was emptied. */
export function queueMessageMethods(database: DatabaseSync): { readonly methods: Record<string, HotMethod>; readonly forget: () => void } {
  const messages = messagesOf(database);
  const inFlight = inFlightOf(database);
  return {
    methods: {
      send: { mode: "write", run: sender(database, messages) },
      receive: { mode: "write", run: receiver(database, messages, inFlight) },
      ...receiptMethods(messages),
      ...wholeQueueMethods(database, messages, inFlight),
      ...moveTaskMethods(database, messages),
    },
    forget: () => inFlight.forget(),
  };
}

function sender(database: DatabaseSync, messages: Messages) {
  const insertContent = database.prepare("INSERT INTO sqs_content (id, message_id, meta, body) VALUES (?, ?, ?, ?)");
  const duplicate = database.prepare("SELECT message_id, sequence FROM sqs_deduplication WHERE queue_id = ? AND key = ? AND until > ?");
  const remember = database.prepare("INSERT OR REPLACE INTO sqs_deduplication VALUES (?, ?, ?, ?, ?)");

  const sendOne = (queueId: number, message: NewQueueMessage): StoredQueueMessage => {
    const { messageId, meta, body, sentAtMs, visibleAtMs, group, deduplication } = message;
    const known = deduplication && duplicate.get(queueId, deduplication.key, sentAtMs);
    if (known !== undefined) return { messageId: known["message_id"] as string, sequence: known["sequence"] as number };
    const id = messages.insert({ queueId, visibleAtMs, sentAtMs, group });
    insertContent.run(id, messageId, meta, body);
    if (deduplication !== undefined) remember.run(queueId, deduplication.key, deduplication.untilMs, messageId, id);
    return { messageId, sequence: id };
  };
  return (queueId: number, all: readonly NewQueueMessage[]): StoredQueueMessage[] => all.map((message) => sendOne(queueId, message));
}

/** What is done by receipts. */
function receiptMethods(messages: Messages): Record<string, HotMethod> {
  /** The message that a receipt is for, or why there is none. */
  const resolve = ({ queueId, isFifo, nowMs }: ReceiptScope, { id, receipt }: QueueReceipt): MessageState | ReceiptOutcome => {
    const message = messages.find(id);
    if (message === undefined || message.queue_id !== queueId) return "gone";
    if (message.receipt !== receipt) return "stale";
    return isFifo && message.visible_at <= nowMs ? "expired" : message;
  };
  const refresh = (scope: ReceiptScope, groups: ReadonlySet<number>): void => {
    for (const groupId of groups) messages.refreshGroup(groupId, scope.nowMs);
  };
  const each = <R extends QueueReceipt>(
    scope: ReceiptScope,
    receipts: readonly R[],
    act: (message: MessageState, receipt: R) => ReceiptOutcome,
  ): ReceiptOutcome[] => {
    const groups = new Set<number>();
    const outcomes = receipts.map((receipt) => {
      const message = resolve(scope, receipt);
      if (typeof message === "string") return message;
      if (message.group_id !== null) groups.add(message.group_id);
      return act(message, receipt);
    });
    refresh(scope, groups);
    return outcomes;
  };
  return {
    remove: {
      mode: "write",
      run: (scope: ReceiptScope, receipts: readonly QueueReceipt[]) =>
        each(scope, receipts, (message) => {
          messages.delete(message);
          return "done";
        }),
    },
    changeVisibility: {
      mode: "write",
      run: (scope: ReceiptScope, changes: readonly VisibilityChange[]) =>
        each(scope, changes, (message, { visibilityTimeoutMs }) => {
          const visibleAtMs = scope.nowMs + visibilityTimeoutMs;
          if (visibleAtMs - (message.received_at ?? 0) > invisibleMs) return "beyond-limit";
          messages.setVisible(message.id, visibleAtMs);
          return "done";
        }),
    },
  };
}

function wholeQueueMethods(database: DatabaseSync, messages: Messages, inFlight: InFlight): Record<string, HotMethod> {
  const old = database.prepare("SELECT id, group_id FROM sqs_message WHERE queue_id = ? AND sent_at <= ? ORDER BY sent_at LIMIT ?");
  const upTo = database.prepare("SELECT id, group_id FROM sqs_message WHERE queue_id = ? AND id <= ? ORDER BY sent_at LIMIT ?");
  const redelay = database.prepare("UPDATE sqs_message SET visible_at = sent_at + ? WHERE queue_id = ? AND receive_count = 0");
  const groupsOf = database.prepare("SELECT id FROM sqs_group WHERE queue_id = ?");
  const lastId = database.prepare("SELECT max(id) AS id FROM sqs_message");
  const sizes = database.prepare("SELECT queue_id FROM sqs_queue_size WHERE message_count > 0");
  const forgetSize = database.prepare("DELETE FROM sqs_queue_size WHERE queue_id = ? AND message_count <= 0");
  const forgetSends = database.prepare(
    "DELETE FROM sqs_deduplication WHERE (queue_id, key) IN (SELECT queue_id, key FROM sqs_deduplication WHERE until <= ? LIMIT ?)",
  );
  const forgetReceives = database.prepare(
    "DELETE FROM sqs_receive_attempt WHERE (queue_id, id) IN (SELECT queue_id, id FROM sqs_receive_attempt WHERE until <= ? LIMIT ?)",
  );

  const removeAll = (queueId: number, found: readonly Record<string, unknown>[]): number => {
    const states = found as unknown as readonly MessageState[];
    if (states.length === 0) return 0;
    messages.deleteAll(
      queueId,
      states.map(({ id }) => id),
    );
    for (const groupId of new Set(states.map(({ group_id }) => group_id))) if (groupId !== null) messages.refreshGroup(groupId, 0);
    return states.length;
  };
  return {
    counts: { mode: "read", run: (queueId: number, nowMs: number) => inFlight.counts(queueId, nowMs) },
    lastId: { mode: "read", run: () => lastId.get()?.["id"] ?? 0 },
    queueIds: { mode: "read", run: () => sizes.all().map((row) => row["queue_id"] as number) },
    removeUpTo: {
      mode: "write",
      run: (queueId: number, id: number, limit: number) => {
        const removed = removeAll(queueId, upTo.all(queueId, id, limit));
        if (removed < limit) forgetSize.run(queueId);
        return removed;
      },
    },
    expire: {
      mode: "write",
      run: (queueId: number, sentAfterMs: number, limit: number) => removeAll(queueId, old.all(queueId, sentAfterMs, limit)),
    },
    forgetRepetitions: {
      mode: "write",
      run: (nowMs: number, limit: number) =>
        Number(forgetSends.run(nowMs, limit).changes) + Number(forgetReceives.run(nowMs, limit).changes),
    },
    changeDelay: {
      mode: "write",
      run: (queueId: number, delayMs: number) => {
        redelay.run(delayMs, queueId);
        for (const row of groupsOf.all(queueId)) messages.refreshGroup(row["id"] as number, 0);
      },
    },
  };
}
