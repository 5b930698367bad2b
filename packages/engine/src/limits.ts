/** Every bound of the engine. */
export const engineLimits = {
  /** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  initTimeoutMs: 10_000,
  /** The same of an environment that is initialized ahead, or the function's own timeout if that is longer. */
  provisionedInitTimeoutMs: 130_000,
  idleTimeoutMs: 600_000,
  /** A function's answer. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  responseBytes: 6_291_556,
  /** An answer that is streamed. https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html */
  stream: {
    totalBytes: 200 * 1024 * 1024,
    /** Sent as fast as can be; what follows only so fast. */
    burstBytes: 6 * 1024 * 1024,
    bytesPerSecond: 2 * 1024 * 1024,
    /** What may lie here for a reader that is slow. */
    waitingBytes: 64 * 1024,
  },
  logTailBytes: 4_096,
  /** One log event. */
  logLineBytes: 262_118,
  /** Costs of logs count bytes of text; an event costs as much as so many more. What is written beyond these bounds waits in the function's pipe. */
  logEventCost: 128,
  /** What every environment may have logged, at once and from then on, whatever others do. */
  logOwnCost: 256 * 1024,
  logOwnCostPerSecond: 64 * 1024,
  /** What all environments together may have logged beyond that. */
  logSharedCost: 16 * 1024 * 1024,
  logSharedCostPerSecond: 4 * 1024 * 1024,
  /** What may be on its way from one environment to where logs are kept. */
  logCostUnderWay: 512 * 1024,
  /** Events that are read from one pipe before others have their turn. */
  logEventsPerTurn: 512,
  /** More than the pipes of one process hold. */
  logPipeBytes: 512 * 1024,
  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
  memoryMbOfOneCpu: 1_769,
  maxCpus: 6,
  maxProcesses: 1_024,
  maxOpenFiles: 1_024,
  /** Share of the machine's memory that environments may have together. */
  memoryShare: 0.8,
  /** What an environment is counted for before one of its function was measured; then so many times what was measured, and some more. Never more than its limit. */
  unmeasuredMb: 128,
  measuredFactor: 1.25,
  measuredMarginMb: 16,
  /** Environments end this long before their credentials do, besides the time that an invocation may take. */
  credentialMarginMs: 30_000,
  /** Provisioned environments: as many of a function start at once, are replaced so long before their credentials would end them, and are tried again after a failure. */
  provisionedStartsAtOnce: 8,
  provisionedRenewalMs: 180_000,
  provisionedRetryMs: 1_000,
  provisionedMostRetryMs: 60_000,
  /** An event waits at least and at most so long for a busy environment before another one is started for it. */
  shortestPatienceMs: 10,
  longestPatienceMs: 100,
  /** The same, while all cores are busy: more environments would get no more done. */
  scarcePatienceMs: 1_000,
  /** Processor time counts as scarce while less than this share of it, or of the main thread's, was left over for so long. */
  sparePart: 0.1,
  sparePartMs: 100,
  /** What a zygote is counted for, what it may have, and how soon after one that failed another is tried. */
  zygoteMb: 64,
  zygoteMostMb: 512,
  zygoteOpenFiles: 65_536,
  zygoteRetryMs: 10_000,
  /** Longest path of a Unix socket. */
  socketPathBytes: 107,
  /** What a process that waits for its function is counted for. */
  spareMb: 96,
  sparesOfAKind: 8,
  /** Of all kinds together. */
  spares: 16,
  /** Packages that a waiting process loads ahead, and functions' code of which it is known what it loads. */
  preloadedPackages: 8,
  preloadRecords: 1_000,
  /** As many spares as were wanted within this time are kept ready... */
  spareBurstMs: 10_000,
  /** ...and one for as long as any was. */
  spareMemoryMs: 900_000,
  spareLookMs: 5_000,
  /** Starts whose figures are kept. */
  startRecords: 1_000,
  /** https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html */
  extensions: 10,
  extensionNameLength: 128,
  extensionRequestBytes: 65_536,
  /**
   * What an environment with extensions has to end by itself: the runtime after a SIGTERM, then external extensions after their event. One without any has no time.
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown
   */
  shutdown: { internal: { totalMs: 500 }, external: { runtimeMs: 300, totalMs: 2_000 } },
  requestHeadBytes: 16_384,
  /** The headers after a chunked body; they can hold an error's whole stack. */
  requestTrailerBytes: 512 * 1024,
  requestHeadTimeoutMs: 10_000,
  /** Bytes that all unfinished requests of one environment may hold. */
  requestBufferBytes: 16 * 1024 * 1024,
  connectionsPerEnvironment: 64,
  /** To the AWS endpoint, by all that runs in an environment together. */
  awsConnectionsPerEnvironment: 256,
  /** Chunks and pieces of bodies that are read of one environment before others have their turn; a head counts eight. */
  requestStepsPerTurn: 512,
} as const;
