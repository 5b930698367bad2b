/** Every bound of the engine. */
export const engineLimits = {
  /** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
  initTimeoutMs: 10_000,
  idleTimeoutMs: 600_000,
  /** A function's answer. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
  responseBytes: 6_291_556,
  logTailBytes: 4_096,
  /** One log event. */
  logLineBytes: 262_118,
  /** What an environment may write to its log in a second; the rest is counted and dropped. */
  logBytesPerSecond: 16 * 1024 * 1024,
  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
  memoryMbOfOneCpu: 1_769,
  maxCpus: 6,
  maxProcesses: 1_024,
  maxOpenFiles: 1_024,
  /** Share of the machine's memory that environments may be promised. */
  memoryShare: 0.8,
  /** Environments end this long before their credentials do, besides the time that an invocation may take. */
  credentialMarginMs: 30_000,
  /** An event waits at least and at most so long for a busy environment before another one is started for it. */
  shortestPatienceMs: 10,
  longestPatienceMs: 100,
  /** What a process that waits for its function is counted for. */
  spareMb: 96,
  sparesOfAKind: 8,
  /** Of all kinds together. */
  spares: 16,
  /** As many spares as were wanted within this time are kept ready... */
  spareBurstMs: 10_000,
  /** ...and one for as long as any was. */
  spareMemoryMs: 900_000,
  spareLookMs: 5_000,
  /** Starts whose figures are kept. */
  startRecords: 1_000,
  requestHeadBytes: 16_384,
  requestHeadTimeoutMs: 10_000,
  /** Bytes that all unfinished requests of one environment may hold. */
  requestBufferBytes: 16 * 1024 * 1024,
  connectionsPerEnvironment: 64,
  /** Chunks and pieces of bodies that are read of one environment before others have their turn; a head counts eight. */
  requestStepsPerTurn: 512,
} as const;
