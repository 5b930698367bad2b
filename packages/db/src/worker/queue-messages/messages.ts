import type { DatabaseSync } from "node:sqlite";

/** A message's state, as its row has it. */
export interface MessageState {
  readonly id: number;
  readonly queue_id: number;
  readonly visible_at: number;
  readonly sent_at: number;
  readonly receive_count: number;
  readonly first_received_at: number | null;
  readonly received_at: number | null;
  readonly receipt: number | null;
  readonly group_id: number | null;
}

/** What all methods do with single messages and their groups. */
export interface Messages {
  find(id: number): MessageState | undefined;
  /** Stores a message at the end of its queue and answers its id. */
  insert(row: InsertedMessage): number;
  /** Removes messages of one queue. Their groups are not looked at. */
  deleteAll(queueId: number, ids: readonly number[]): void;
  /** Removes a message. Its group is not looked at. */
  delete(message: Pick<MessageState, "id" | "queue_id">): void;
  setVisible(id: number, visibleAtMs: number): void;
  /** Puts a message at the end of another queue. Both groups are looked at. */
  move(message: MessageState, to: MoveTarget): void;
  /** When the group can be received from, after its messages were changed; it goes when it is empty. */
  refreshGroup(groupId: number, nowMs: number): void;
}

interface InsertedMessage {
  readonly queueId: number;
  readonly visibleAtMs: number;
  readonly sentAtMs: number;
  readonly group: string | undefined;
}

interface MoveTarget {
  readonly queueId: number;
  readonly isFifo: boolean;
  readonly nowMs: number;
  readonly sentAtMs: number;
  readonly sourceArn: string | null;
  readonly messageId?: string;
}

/**
 * At most this many messages of a group are in flight, and they are its first ones: one receive takes no more, and no other one takes any
 * until they are deleted or visible again.
 */
const groupInFlightCount = 10;

/** The statements, prepared once. */
export function messagesOf(database: DatabaseSync): Messages {
  const find = database.prepare("SELECT * FROM sqs_message WHERE id = ?");
  const insert = database.prepare("INSERT INTO sqs_message (queue_id, visible_at, sent_at, group_id) VALUES (?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM sqs_message WHERE id = ?");
  const removeContent = database.prepare("DELETE FROM sqs_content WHERE id = ?");
  const among = "id IN (SELECT value FROM json_each(?))";
  const removeAll = database.prepare(`DELETE FROM sqs_message WHERE ${among}`);
  const removeContents = database.prepare(`DELETE FROM sqs_content WHERE ${among}`);
  const moveContent = database.prepare("UPDATE sqs_content SET id = ?, source_arn = ?, message_id = coalesce(?, message_id) WHERE id = ?");
  const resize = database.prepare(
    "INSERT INTO sqs_queue_size VALUES (?, ?) ON CONFLICT DO UPDATE SET message_count = message_count + excluded.message_count",
  );
  const setVisible = database.prepare("UPDATE sqs_message SET visible_at = ? WHERE id = ?");
  const groupByName = database.prepare("SELECT id FROM sqs_group WHERE queue_id = ? AND name = ?");
  const groupById = database.prepare("SELECT name FROM sqs_group WHERE id = ?");
  const insertGroup = database.prepare("INSERT INTO sqs_group (queue_id, name, ready_at) VALUES (?, ?, ?)");
  const removeGroup = database.prepare("DELETE FROM sqs_group WHERE id = ?");
  const setReady = database.prepare("UPDATE sqs_group SET ready_at = ? WHERE id = ?");
  const groupStart = database.prepare(
    `SELECT visible_at, receive_count FROM sqs_message WHERE group_id = ? ORDER BY id LIMIT ${groupInFlightCount}`,
  );

  const groupOf = (queueId: number, name: string, visibleAtMs: number): number => {
    const known = groupByName.get(queueId, name);
    return known === undefined ? Number(insertGroup.run(queueId, name, visibleAtMs).lastInsertRowid) : (known["id"] as number);
  };
  const messages: Messages = {
    find: (id) => find.get(id) as unknown as MessageState | undefined,
    insert({ queueId, visibleAtMs, sentAtMs, group }) {
      const groupId = group === undefined ? null : groupOf(queueId, group, visibleAtMs);
      resize.run(queueId, 1);
      return Number(insert.run(queueId, visibleAtMs, sentAtMs, groupId).lastInsertRowid);
    },
    deleteAll(queueId, ids) {
      const list = JSON.stringify(ids);
      removeAll.run(list);
      removeContents.run(list);
      resize.run(queueId, -ids.length);
    },
    delete({ id, queue_id }) {
      remove.run(id);
      removeContent.run(id);
      resize.run(queue_id, -1);
    },
    setVisible: (id, visibleAtMs) => void setVisible.run(visibleAtMs, id),
    move({ id, queue_id, group_id }, { queueId, isFifo, nowMs, sentAtMs, sourceArn, messageId }) {
      const group = isFifo ? ((group_id === null ? undefined : (groupById.get(group_id)?.["name"] as string)) ?? String(id)) : undefined;
      const newId = messages.insert({ queueId, visibleAtMs: nowMs, sentAtMs, group });
      moveContent.run(newId, sourceArn, messageId ?? null, id);
      remove.run(id);
      resize.run(queue_id, -1);
      if (group_id !== null) messages.refreshGroup(group_id, nowMs);
    },
    refreshGroup(groupId, nowMs) {
      const start = groupStart.all(groupId) as unknown as Pick<MessageState, "visible_at" | "receive_count">[];
      const first = start[0];
      if (first === undefined) return void removeGroup.run(groupId);
      const inFlight = start.filter(({ receive_count }) => receive_count > 0).map(({ visible_at }) => visible_at);
      // A group that is free goes behind those that wait already: none starves.
      setReady.run(Math.max(nowMs, first.visible_at, ...inFlight), groupId);
    },
  };
  return messages;
}
