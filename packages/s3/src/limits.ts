/** Bounds of S3. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const limits = {
  keyBytes: 1_024,
  userMetadataBytes: 2_048,
  tagCount: 10,
  bucketTagCount: 50,
  tagKeyCharacters: 128,
  tagValueCharacters: 256,
  policyBytes: 20_480,
  pageCount: 1_000,
  bucketPageCount: 10_000,
  deletedCount: 1_000,
  /** Of a posted form, all that comes before its file. */
  postFieldsBytes: 20_480,
  putBytes: 5 * 1024 ** 3,
  partBytes: 5 * 1024 ** 3,
  leastPartBytes: 5 * 1024 ** 2,
  partCount: 10_000,
  objectBytes: 50 * 1024 ** 4,
  corsRuleCount: 100,
  lifecycleRuleCount: 1_000,
  notificationCount: 100,
  /** Events that receivers are being told of at once, and of them one receiver: at first and after a failure, and at most. */
  noticeUnderWayCount: 200,
  /** So many more, to receivers to which nothing is under way. */
  noticeReserveCount: 800,
  receiverUnderWayCount: 10,
  receiverMostUnderWayCount: 60,
  /** After how long a receiver is told again that was busy, each wait being twice the last one, up to the longest; and for how long in all. */
  noticeRetryMs: 1_000,
  noticeMostRetryMs: 60_000,
  noticeMostAgeMs: 86_400_000,
  noticeFailureMs: 1_000,
  /** Objects up to this are kept with their rows. */
  inlineBytes: 65_536,
} as const;
