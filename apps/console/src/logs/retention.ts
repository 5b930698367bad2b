/** How long CloudWatch Logs may keep lines, in days. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** In words. */
export const retentionText = (days: number | undefined): string =>
  days === undefined ? "Never expire" : `${days} ${days === 1 ? "day" : "days"}`;
