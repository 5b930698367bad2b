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
  /** Queues kept in memory. */
  cachedQueueCount: 10_000,
} as const;
