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
} as const;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionChoicesDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
