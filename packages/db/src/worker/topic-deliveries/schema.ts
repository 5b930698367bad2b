/**
 * A message lies here once, however many subscriptions it is for, and as long as one of them is owed it. Deliveries of a subscription are ordered by
 * the time from which they may be carried out. In a FIFO topic only the first one of a group has such a time: those behind it wait for it (`blocked`).
 */
export const topicDeliverySchema = `
CREATE TABLE IF NOT EXISTS sns_message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id TEXT NOT NULL,
  accepted_at REAL NOT NULL,
  delivery_count INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sns_delivery (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER NOT NULL,
  subscription_id INTEGER NOT NULL,
  group_name TEXT,
  due_at REAL NOT NULL,
  attempts INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sns_delivery_due ON sns_delivery (subscription_id, due_at, id);
CREATE INDEX IF NOT EXISTS sns_delivery_group ON sns_delivery (subscription_id, group_name, id) WHERE group_name IS NOT NULL;
CREATE TABLE IF NOT EXISTS sns_deduplication (
  topic_id INTEGER NOT NULL,
  key TEXT NOT NULL,
  until REAL NOT NULL,
  message_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (topic_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sns_deduplication_until ON sns_deduplication (until);
CREATE TABLE IF NOT EXISTS sns_mail (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL,
  region TEXT NOT NULL,
  sent_at REAL NOT NULL,
  content TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS sns_mail_of ON sns_mail (account_id, region, id);
`;

/** What a reset empties. */
export const topicDeliveryTables = ["sns_message", "sns_delivery", "sns_deduplication", "sns_mail"] as const;

/** No time: behind another one of its group. */
export const blocked = 9e15;
