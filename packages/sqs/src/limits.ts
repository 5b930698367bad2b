/** Bounds of SQS. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html and quotas-messages.html */
export const limits = {
  queueNameCharacters: 80,
  pageCount: 1_000,
  tagCount: 50,
  tagKeyCharacters: 128,
  tagValueCharacters: 256,
  policyBytes: 8_192,
  policyStatementCount: 20,
  policyActionCount: 7,
  policyPrincipalCount: 50,
  /** A queue's name is free again this long after it was deleted. */
  deletedRecentlyMs: 60_000,
  /** One purge of a queue in this time. */
  purgeIntervalMs: 60_000,
  batchEntryCount: 10,
  batchEntryIdCharacters: 80,
  /** Of all messages of a batch, and of one message. */
  requestBytes: 1_048_576,
  messageAttributeCount: 10,
  messageAttributeNameCharacters: 256,
  groupIdCharacters: 128,
  delayMs: 900_000,
  visibilityTimeoutMs: 43_200_000,
  waitMs: 20_000,
  receiveCount: 10,
  /** A message's deduplication id holds this long, and so does a receive's attempt id. */
  deduplicationMs: 300_000,
  inFlightCount: 120_000,
  moveTaskListCount: 10,
  movedPerSecondCount: 500,
  /** A cancelled task stops within this. */
  moveTaskPauseMs: 1_000,
  /** Queues kept in memory. */
  cachedQueueCount: 10_000,
} as const;
