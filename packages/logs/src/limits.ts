/** CloudWatch Logs' limits. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
export const limits = {
  batchBytes: 1_048_576,
  batchCount: 10_000,
  batchSpanMs: 86_400_000,
  eventBytes: 1_048_576,
  eventOverheadBytes: 26,
  tooNewMs: 2 * 3_600_000,
  tooOldMs: 14 * 86_400_000,
  pageCount: 10_000,
  pageBytes: 1_048_576,
  describeCount: 50,
  tagCount: 50,
  /** Lines that one FilterLogEvents call looks at; what it did not reach is behind its nextToken. */
  filterScanCount: 50_000,
  filterScanBytes: 16_777_216,
  filterReadCount: 2_000,
  groupCacheCount: 10_000,
  streamCacheCount: 100_000,
  expiryIntervalMs: 3_600_000,
  /** Live Tail: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html */
  tail: {
    sessionMs: 3 * 3_600_000,
    /** Sessions of an account in a region at a time. */
    sessionCount: 15,
    updateIntervalMs: 1_000,
    updateCount: 500,
    /** Messages of one update; the largest frame that SDKs read is 24 MiB, and JSON may write a byte as six. */
    updateBytes: 2_097_152,
    /** What waits for a client that reads slowly; beyond these the oldest updates are dropped. */
    waitingUpdateCount: 10,
    waitingEventCount: 5_000,
    waitingBytes: 8_388_608,
  },
} as const;

/** Live Tail's among them. */
export type TailLimits = Readonly<Record<keyof typeof limits.tail, number>>;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionChoicesDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
