/** Bounds of SNS. https://docs.aws.amazon.com/general/latest/gr/sns.html and the API reference */
export const limits = {
  topicNameCharacters: 256,
  displayNameCharacters: 100,
  pageCount: 100,
  tagCount: 50,
  tagKeyCharacters: 128,
  tagValueCharacters: 256,
  policyBytes: 30_720,
  policyStatementCount: 100,
  policyActionCount: 20,
  dataProtectionPolicyBytes: 30_720,
  endpointCharacters: 2_048,
  /** Of a message with its attributes, and of all messages of a batch. */
  messageBytes: 262_144,
  subjectCharacters: 100,
  attributeNameCharacters: 256,
  batchEntryCount: 10,
  batchEntryIdCharacters: 80,
  groupIdCharacters: 128,
  /** A message's deduplication id holds this long. */
  deduplicationMs: 300_000,
  /** A token can be confirmed with this long. */
  tokenMs: 172_800_000,
  /** Topics kept in memory, each with its subscriptions. */
  cachedTopicCount: 10_000,
} as const;
