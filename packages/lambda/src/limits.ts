/**
 * AWS Lambda's quotas and Mayfly's own bounds. Each name ends in its unit.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export interface LambdaLimits {
  readonly zippedCodeBytes: number;
  readonly unzippedCodeBytes: number;
  /** Code of all versions of all functions of an account in a region. */
  readonly codeStorageBytes: number;
  /** Entries in one zip. AWS names no figure; this one bounds what unpacking costs. */
  readonly zipEntryCount: number;
  /** Folders that one zip makes, those included that only the names of its entries tell of: a name of a few bytes may tell of a thousand. */
  readonly zipFolderCount: number;
  /** Deflate cannot do better than about 1032 to 1: an entry that claims to is broken. */
  readonly zipRatio: number;
  readonly zipPathBytes: number;
  readonly zipPathPartBytes: number;
  readonly symlinkTargetBytes: number;
  /** Of all symbolic links in one zip; they are held in memory until the last entry was read. */
  readonly symlinkTargetsBytes: number;

  readonly functionNameCharacters: number;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  readonly environmentBytes: number;
  readonly layerCount: number;
  readonly policyBytes: number;
  readonly tagCount: number;
  readonly tagKeyCharacters: number;
  readonly tagValueCharacters: number;

  readonly syncPayloadBytes: number;
  /** What a streamed response to a function URL may begin with, before its body: status, headers, cookies. A figure of Mayfly's own. */
  readonly urlPreludeBytes: number;
  readonly asyncPayloadBytes: number;
  readonly clientContextBytes: number;
  /** How often a function may be invoked in one chain of functions. https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
  readonly recursiveInvocationCount: number;
  readonly concurrentExecutionCount: number;
  /** What reservations must leave to functions without one. */
  readonly minimumUnreservedCount: number;

  /** Filters of one event source mapping. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html */
  readonly filterCount: number;
  /** The shortest MaximumRecordAgeInSeconds that is a bound. */
  readonly leastRecordAgeSeconds: number;
  /** How long a mapping is seen in a transition. On AWS some seconds; tools wait for its end. */
  readonly mappingTransitionMs: number;
  readonly mappingPageCount: number;

  readonly listPageCount: number;
  /** Earlier deployments of a function whose packages are kept; a figure of Mayfly's own. */
  readonly keptDeploymentCount: number;
  readonly codeUrlLifetimeMs: number;
  /** Functions held in memory for invocations. */
  readonly cachedFunctionCount: number;

  readonly asyncMaxAgeMs: number;
  readonly asyncFirstRetryMs: number;
  readonly asyncMaxRetryMs: number;
  /** How often an event is run again whose function failed, and how long after each failure. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
  readonly asyncRetryAttempts: number;
  readonly asyncFunctionRetryMs: readonly number[];
  readonly asyncInFlightCount: number;
  readonly asyncInFlightPerFunctionCount: number;
  /** How many run while the server's main thread is busy, which it is from such a part of its time on, looked at so often. */
  readonly asyncInFlightBusyCount: number;
  readonly asyncBusyPart: number;
  readonly asyncBusyLookMs: number;
  /** Events ready to run that are known in memory; further ones wait in the database. */
  readonly asyncReadyCount: number;
  /** Payloads of waiting events held in memory; further ones are read again when their turn comes. */
  readonly asyncHeldPayloadBytes: number;
  readonly asyncReadCount: number;

  readonly roleSessionSeconds: number;
  /** How long log lines are gathered before they are written. */
  readonly logLingerMs: number;
  readonly logBatchBytes: number;
  readonly logBatchCount: number;
  readonly logEventBytes: number;
  /** Bytes that CloudWatch Logs counts for each event beyond its text. */
  readonly logEventOverheadBytes: number;
  /** Lines waiting to be written, over all functions; what comes on top is dropped. */
  readonly logQueueBytes: number;
  /** Streams remembered as made. */
  readonly logKnownStreamCount: number;
  readonly logAttemptCount: number;
  readonly logRetryMs: number;
}

/** AWS's defaults. */
export const defaultLimits: LambdaLimits = {
  zippedCodeBytes: 52_428_800,
  unzippedCodeBytes: 262_144_000,
  codeStorageBytes: 80_530_636_800,
  zipEntryCount: 100_000,
  zipFolderCount: 50_000,
  zipRatio: 1100,
  zipPathBytes: 3500,
  zipPathPartBytes: 255,
  symlinkTargetBytes: 4096,
  symlinkTargetsBytes: 4_194_304,

  functionNameCharacters: 64,
  timeoutSeconds: 900,
  memorySizeMb: 10_240,
  environmentBytes: 4096,
  layerCount: 5,
  policyBytes: 20_480,
  tagCount: 50,
  tagKeyCharacters: 128,
  tagValueCharacters: 256,

  syncPayloadBytes: 6_291_456,
  urlPreludeBytes: 1_048_576,
  asyncPayloadBytes: 1_048_576,
  clientContextBytes: 3583,
  recursiveInvocationCount: 16,
  concurrentExecutionCount: 1000,
  minimumUnreservedCount: 100,

  filterCount: 5,
  leastRecordAgeSeconds: 60,
  mappingTransitionMs: 250,
  mappingPageCount: 100,

  listPageCount: 50,
  keptDeploymentCount: 20,
  codeUrlLifetimeMs: 600_000,
  cachedFunctionCount: 10_000,

  asyncMaxAgeMs: 21_600_000,
  asyncFirstRetryMs: 1000,
  asyncMaxRetryMs: 300_000,
  asyncRetryAttempts: 2,
  asyncFunctionRetryMs: [60_000, 120_000],
  asyncInFlightCount: 256,
  asyncInFlightPerFunctionCount: 32,
  asyncInFlightBusyCount: 2,
  asyncBusyPart: 0.9,
  asyncBusyLookMs: 100,
  asyncReadyCount: 20_000,
  asyncHeldPayloadBytes: 67_108_864,
  asyncReadCount: 100,

  roleSessionSeconds: 3600,
  logLingerMs: 50,
  logBatchBytes: 1_048_576,
  logBatchCount: 10_000,
  logEventBytes: 262_144,
  logEventOverheadBytes: 26,
  logQueueBytes: 67_108_864,
  logKnownStreamCount: 10_000,
  logAttemptCount: 4,
  logRetryMs: 250,
};
