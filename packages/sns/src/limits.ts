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
  /** Deliveries under way: of one subscription at first, of one whose endpoint takes them, and of all. */
  subscriptionUnderWayCount: 10,
  subscriptionMostUnderWayCount: 60,
  underWayCount: 200,
  /** So many more, to subscriptions to which nothing is under way. */
  reserveCount: 800,
  /** An HTTP endpoint must answer within this. https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html */
  httpAnswerMs: 15_000,
  /** So much of its answer is read. */
  httpAnswerBytes: 65_536,
  /** After a failure of this server's own. */
  failureMs: 1_000,
  /** Mails kept of an account in a region. */
  keptMailCount: 1_000,
  /** What tells repetitions is thrown away so often once its time is over, so much at a time. */
  sweepMs: 60_000,
  sweepCount: 1_000,
  /** Topics kept in memory, each with its subscriptions. */
  cachedTopicCount: 10_000,
  /** Subscriptions that ended, of which what is still owed them is told in the trail. */
  rememberedEndCount: 1_000,
} as const;
