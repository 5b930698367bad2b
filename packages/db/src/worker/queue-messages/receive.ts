import { randomInt } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { QueueReceipt, QueueReceive, QueueReceived, ReceivedQueueMessage } from "../../queue-types.ts";
import type { InFlight } from "./in-flight.ts";
import type { Messages, MessageState } from "./messages.ts";

/** Messages that are too old, or received too often, are cleared away by who finds them; so many at a time. */
const clearedCount = 1_000;
/** Receipts are numbers below this. */
const receiptBound = 2 ** 47;

interface Taken {
  readonly messages: ReceivedQueueMessage[];
  cleared: number;
  readonly redriven: string[];
}

/** What is done with single messages that were found. */
interface Giver {
  deliver(state: MessageState, receipt: number): ReceivedQueueMessage;
  /** Clears a message away, or gives it out. */
  handle(wanted: QueueReceive, state: MessageState, taken: Taken): void;
}

function giverOf(database: DatabaseSync, messages: Messages): Giver {
  const take = database.prepare(
    "UPDATE sqs_message SET visible_at = ?, receive_count = receive_count + 1, first_received_at = coalesce(first_received_at, ?), received_at = ?, receipt = ? WHERE id = ?",
  );
  const messageIdOf = database.prepare("SELECT message_id FROM sqs_content WHERE id = ?");
  const content = database.prepare("SELECT message_id, source_arn, meta, body FROM sqs_content WHERE id = ?");
  const deliver: Giver["deliver"] = (state, receipt) => {
    const row = content.get(state.id) as Record<string, string | null>;
    return {
      id: state.id,
      receipt,
      messageId: row["message_id"] ?? "",
      meta: row["meta"] ?? "",
      body: row["body"] ?? "",
      sentAtMs: state.sent_at,
      receiveCount: state.receive_count,
      firstReceivedAtMs: state.first_received_at ?? 0,
      deadLetterSourceArn: row["source_arn"] ?? undefined,
    };
  };
  return {
    deliver,
    handle({ nowMs, sentAfterMs, deadLetter, visibilityTimeoutMs }, state, taken) {
      if (state.sent_at <= sentAfterMs) {
        messages.delete(state);
        taken.cleared++;
      } else if (deadLetter !== undefined && state.receive_count >= deadLetter.maxReceiveCount) {
        const { queueId, isFifo, sourceArn } = deadLetter;
        // A FIFO queue's message is as if sent anew. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
        taken.redriven.push(messageIdOf.get(state.id)?.["message_id"] as string);
        messages.move(state, { queueId, isFifo, nowMs, sentAtMs: isFifo ? nowMs : state.sent_at, sourceArn });
        taken.cleared++;
      } else {
        const receipt = randomInt(1, receiptBound);
        take.run(nowMs + visibilityTimeoutMs, nowMs, nowMs, receipt, state.id);
        const received = { ...state, receive_count: state.receive_count + 1, first_received_at: state.first_received_at ?? nowMs };
        taken.messages.push(deliver(received, receipt));
      }
    },
  };
}

type Take = (wanted: QueueReceive, taken: Taken) => void;

function standardTaker(database: DatabaseSync, { handle }: Giver): Take {
  const visible = database.prepare("SELECT * FROM sqs_message WHERE queue_id = ? AND visible_at <= ? ORDER BY visible_at, id LIMIT ?");
  return (wanted, taken) => {
    while (taken.messages.length < wanted.count && taken.cleared < clearedCount) {
      const found = visible.all(wanted.queueId, wanted.nowMs, wanted.count - taken.messages.length) as unknown as MessageState[];
      for (const state of found) handle(wanted, state, taken);
      // With a visibility timeout of 0 the same ones would come again.
      if (found.length === 0 || wanted.visibilityTimeoutMs === 0) return;
    }
  };
}

/** As many of a group as are asked for and are visible, then those of the next one that is free. */
function fifoTaker(database: DatabaseSync, messages: Messages, { handle }: Giver): Take {
  const readyGroup = database.prepare("SELECT id FROM sqs_group WHERE queue_id = ? AND ready_at <= ? ORDER BY ready_at, id LIMIT 1");
  const firstOfGroup = database.prepare("SELECT * FROM sqs_message WHERE group_id = ? ORDER BY id LIMIT ?");
  const takeOfGroup = (wanted: QueueReceive, groupId: number, taken: Taken): void => {
    const found = firstOfGroup.all(groupId, wanted.count - taken.messages.length) as unknown as MessageState[];
    for (const state of found) {
      if (state.visible_at > wanted.nowMs) break;
      handle(wanted, state, taken);
    }
    messages.refreshGroup(groupId, wanted.nowMs);
  };
  return (wanted, taken) => {
    const seen = new Set<number>();
    while (taken.messages.length < wanted.count && taken.cleared < clearedCount) {
      const groupId = readyGroup.get(wanted.queueId, wanted.nowMs)?.["id"] as number | undefined;
      // With a visibility timeout of 0 the same group would come again.
      if (groupId === undefined || seen.has(groupId)) return;
      const before = taken.messages.length;
      takeOfGroup(wanted, groupId, taken);
      if (taken.messages.length > before) seen.add(groupId);
    }
  };
}

/** Takes messages for a consumer: nobody else is given them while their visibility timeout runs. */
export function receiver(database: DatabaseSync, messages: Messages, inFlight: InFlight): (wanted: QueueReceive) => QueueReceived {
  const giver = giverOf(database, messages);
  const takeStandard = standardTaker(database, giver);
  const takeFifo = fifoTaker(database, messages, giver);
  const nextVisible = database.prepare("SELECT min(visible_at) AS at FROM sqs_message WHERE queue_id = ? AND visible_at > ?");
  const nextReady = database.prepare("SELECT min(ready_at) AS at FROM sqs_group WHERE queue_id = ? AND ready_at > ?");
  const attempts = attemptsOf(database, messages);
  const nextAt = ({ queueId, isFifo, nowMs }: QueueReceive): number | undefined =>
    ((isFifo ? nextReady : nextVisible).get(queueId, nowMs)?.["at"] as number | null) ?? undefined;

  return (wanted) => {
    const again = attempts.repeat(wanted);
    if (again !== undefined)
      return { messages: again.map(({ state, receipt }) => giver.deliver(state, receipt)), redriven: [], nextAtMs: undefined };
    if (inFlight.isFull(wanted)) return { messages: [], isOverLimit: true, redriven: [], nextAtMs: nextAt(wanted) };
    const taken: Taken = { messages: [], cleared: 0, redriven: [] };
    (wanted.isFifo ? takeFifo : takeStandard)(wanted, taken);
    inFlight.add(wanted.queueId, taken.messages.length);
    attempts.keep(wanted, taken.messages);
    const isFull = taken.messages.length === wanted.count;
    const nextAtMs = isFull ? undefined : taken.cleared >= clearedCount ? wanted.nowMs : nextAt(wanted);
    return { messages: taken.messages, redriven: taken.redriven, nextAtMs };
  };
}

/** Receives that name themselves can be repeated when their answer was lost. */
function attemptsOf(database: DatabaseSync, messages: Messages) {
  const find = database.prepare("SELECT receipts FROM sqs_receive_attempt WHERE queue_id = ? AND id = ? AND until > ?");
  const put = database.prepare("INSERT OR REPLACE INTO sqs_receive_attempt VALUES (?, ?, ?, ?)");
  return {
    /** The messages of the same attempt, if nothing was done to any of them; their timeout begins anew. */
    repeat({ queueId, nowMs, visibilityTimeoutMs, attempt }: QueueReceive) {
      const found = attempt && find.get(queueId, attempt.id, nowMs);
      if (found === undefined) return undefined;
      const receipts = JSON.parse(found["receipts"] as string) as QueueReceipt[];
      const states = receipts.map(({ id, receipt }) => ({ state: messages.find(id), receipt }));
      const untouched = states.filter(
        (entry): entry is { state: MessageState; receipt: number } =>
          entry.state?.receipt === entry.receipt && entry.state.queue_id === queueId && entry.state.visible_at > nowMs,
      );
      if (untouched.length === 0 || untouched.length < states.length) return undefined;
      for (const { state } of untouched) messages.setVisible(state.id, nowMs + visibilityTimeoutMs);
      for (const groupId of new Set(untouched.map(({ state }) => state.group_id)))
        if (groupId !== null) messages.refreshGroup(groupId, nowMs);
      return untouched;
    },
    keep({ queueId, attempt }: QueueReceive, received: readonly QueueReceipt[]) {
      if (attempt === undefined || received.length === 0) return;
      put.run(queueId, attempt.id, attempt.untilMs, JSON.stringify(received.map(({ id, receipt }) => ({ id, receipt }))));
    },
  };
}
