/**
 * A message's state is apart from its body: a receive then rewrites a few bytes, not up to a megabyte. `sqs_message_visible` holds messages in the
 * order of the time from which they may be received, so that those that may be are its first ones, however many are in flight or delayed.
 * In a FIFO queue the groups are what is ordered so: `ready_at` is when a group's first message may be received, with none of it in flight.
 */
export const queueMessageSchema = `
CREATE TABLE IF NOT EXISTS sqs_message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  queue_id INTEGER NOT NULL,
  visible_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  receive_count INTEGER NOT NULL DEFAULT 0,
  first_received_at INTEGER,
  received_at INTEGER,
  receipt INTEGER,
  group_id INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS sqs_message_visible ON sqs_message (queue_id, visible_at, id, receive_count);
CREATE INDEX IF NOT EXISTS sqs_message_age ON sqs_message (queue_id, sent_at);
CREATE INDEX IF NOT EXISTS sqs_message_of_group ON sqs_message (group_id, id) WHERE group_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS sqs_content (
  id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL,
  source_arn TEXT,
  meta TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sqs_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  queue_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  ready_at INTEGER NOT NULL,
  UNIQUE (queue_id, name)
) STRICT;
CREATE INDEX IF NOT EXISTS sqs_group_ready ON sqs_group (queue_id, ready_at, id);
CREATE TABLE IF NOT EXISTS sqs_queue_size (
  queue_id INTEGER PRIMARY KEY,
  message_count INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sqs_deduplication (
  queue_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  until INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (queue_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sqs_deduplication_until ON sqs_deduplication (until);
CREATE TABLE IF NOT EXISTS sqs_receive_attempt (
  queue_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  until INTEGER NOT NULL,
  receipts TEXT NOT NULL,
  PRIMARY KEY (queue_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sqs_receive_attempt_until ON sqs_receive_attempt (until);
CREATE TABLE IF NOT EXISTS sqs_move_task (
  id TEXT PRIMARY KEY NOT NULL,
  queue_id INTEGER NOT NULL,
  source_arn TEXT NOT NULL,
  destination_arn TEXT,
  messages_per_second INTEGER,
  started_at INTEGER NOT NULL,
  status TEXT NOT NULL,
  moved_count INTEGER NOT NULL,
  to_move_count INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  failure_reason TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sqs_move_task_of_source ON sqs_move_task (source_arn, started_at);
`;

/** In the order in which they are emptied. */
export const queueMessageTables = [
  "sqs_message",
  "sqs_content",
  "sqs_group",
  "sqs_queue_size",
  "sqs_deduplication",
  "sqs_receive_attempt",
  "sqs_move_task",
] as const;
