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
  putBytes: 5 * 1024 ** 3,
  partBytes: 5 * 1024 ** 3,
  leastPartBytes: 5 * 1024 ** 2,
  partCount: 10_000,
  objectBytes: 50 * 1024 ** 4,
  corsRuleCount: 100,
  lifecycleRuleCount: 1_000,
  /** Objects up to this are kept with their rows. */
  inlineBytes: 65_536,
} as const;
