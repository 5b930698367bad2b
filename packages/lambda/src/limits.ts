/** A limit: what it bounds, and the page of AWS's that says so; none where the figure is Mayfly's own. */
interface LimitRow<Bound> {
  readonly bound: Bound;
  readonly what: string;
  readonly page: string | undefined;
}

const guide = "https://docs.aws.amazon.com/lambda/latest/dg";
const reference = "https://docs.aws.amazon.com/lambda/latest/api";
const logs = "https://docs.aws.amazon.com/AmazonCloudWatch";
const pages = {
  quotas: `${guide}/gettingstarted-limits.html`,
  tags: `${guide}/configuration-tags.html`,
  recursion: `${guide}/invocation-recursion.html`,
  concurrency: `${guide}/configuration-concurrency.html`,
  filtering: `${guide}/invocation-eventfiltering.html`,
  async: `${guide}/invocation-async-error-handling.html`,
  api: `${reference}/welcome.html`,
  invoke: `${reference}/API_Invoke.html`,
  invokeAsync: `${reference}/API_InvokeAsync.html`,
  getFunction: `${reference}/API_GetFunction.html`,
  mapping: `${reference}/API_CreateEventSourceMapping.html`,
  queueScaling: `${guide}/services-sqs-scaling.html`,
  receive: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html",
  putLogEvents: `${logs}Logs/latest/APIReference/API_PutLogEvents.html`,
  logQuotas: `${logs}/latest/logs/cloudwatch_limits_cwl.html`,
} as const;

const aws = <Bound extends number | readonly number[]>(bound: Bound, page: string, what: string): LimitRow<Bound> => ({
  bound,
  page,
  what,
});
const own = <Bound extends number>(bound: Bound, what: string): LimitRow<Bound> => ({ bound, what, page: undefined });

/** AWS Lambda's quotas and Mayfly's own bounds. Each name ends in its unit. `--limits` takes other bounds; docs/limits.md is made of this table. */
export const limitTable = {
  zippedCodeBytes: aws(52_428_800, pages.quotas, "A .zip file in a request."),
  unzippedCodeBytes: aws(262_144_000, pages.quotas, "A package, its layers included, unpacked."),
  codeStorageBytes: aws(80_530_636_800, pages.quotas, "The code of all versions and layers of an account in a region."),
  zipEntryCount: own(100_000, "Entries of one .zip file: bounds what unpacking costs."),
  zipFolderCount: own(50_000, "Folders that one .zip file makes, those included that only the names of its entries tell of."),
  zipRatio: own(1100, "How far an entry may be packed: Deflate can't do better than about 1032 to 1."),
  zipPathBytes: own(3500, "A path in a .zip file."),
  zipPathPartBytes: own(255, "A part of such a path."),
  symlinkTargetBytes: own(4096, "Where a symbolic link in a .zip file leads."),
  symlinkTargetsBytes: own(4_194_304, "All such targets together, held until the last entry was read."),

  functionNameCharacters: aws(64, pages.api, "A function's name without its ARN."),
  timeoutSeconds: aws(900, pages.quotas, "A function's Timeout."),
  memorySizeMb: aws(10_240, pages.quotas, "A function's MemorySize."),
  environmentBytes: aws(4096, pages.quotas, "All environment variables of a function together."),
  layerCount: aws(5, pages.quotas, "Layers of a function."),
  policyBytes: aws(20_480, pages.quotas, "A resource-based policy."),
  tagCount: aws(50, pages.tags, "Tags of a resource."),
  tagKeyCharacters: aws(128, pages.tags, "A tag's key."),
  tagValueCharacters: aws(256, pages.tags, "A tag's value."),

  syncPayloadBytes: aws(6_291_456, pages.quotas, "A synchronous invocation's event, and its response."),
  urlPreludeBytes: own(1_048_576, "What a streamed response to a function URL may begin with: status, headers, cookies."),
  asyncPayloadBytes: aws(1_048_576, pages.quotas, "An asynchronous invocation's event."),
  invokeAsyncBodyBytes: aws(262_144, pages.invokeAsync, "The same, by the deprecated InvokeAsync."),
  clientContextBytes: aws(3583, pages.invoke, "A client context in base64."),
  recursiveInvocationCount: aws(16, pages.recursion, "How often a function may be invoked in one chain of functions."),
  concurrentExecutionCount: aws(1000, pages.quotas, "Invocations of an account that run at once in a region."),
  requestsPerConcurrencyCount: aws(
    10,
    pages.quotas,
    "Invocations a second, but asynchronous ones, for each unit of a function's reserved concurrency; for each of the account's, of functions without.",
  ),
  minimumUnreservedCount: aws(100, pages.concurrency, "What reservations must leave to functions without one."),

  filterCount: aws(5, pages.filtering, "Filters of one event source mapping."),
  leastRecordAgeSeconds: aws(60, pages.mapping, "The shortest MaximumRecordAgeInSeconds that is a bound."),
  mappingTransitionMs: own(250, "How long a mapping is seen in a transition; on AWS some seconds."),
  mappingPageCount: aws(100, pages.mapping, "Mappings on a page."),
  queueStartBatchCount: aws(5, pages.queueScaling, "Batches of a queue's mapping that are under way at once at first."),
  queueMostBatchCount: aws(1250, pages.queueScaling, "The same at most, where the mapping has no MaximumConcurrency."),
  queueBatchGrowthCount: aws(300, pages.queueScaling, "So many more a minute while the backlog lasts."),
  pollerBatchCount: aws(10, pages.queueScaling, "Batches at once of each of a mapping's provisioned pollers."),
  pollerBatchGrowthCount: aws(1000, pages.queueScaling, "So many more a minute between their minimum and maximum."),
  queueReceiveCount: aws(10, pages.receive, "Messages that are received, or deleted, at a time."),
  queueWaitSeconds: aws(20, pages.receive, "How long an empty queue is waited for at a time."),
  queueReceiverCount: own(5, "Receives of a mapping at a time while the backlog lasts."),
  queueThrottledRetryMs: own(100, "After how long a batch is tried again that was throttled."),
  queueThrottledMostRetryMs: own(2000, "The longest that it then waits, each wait being twice the last one."),
  heldEventBytes: own(
    268_435_456,
    "What all pollers together hold of events that are gathered or under way; while it is more, nothing is received.",
  ),
  trailEventCount: own(20_000, "Events of which it is known what became of them."),
  trailProducedCount: own(5_000, "Events that nobody has received yet, of which it is known who sent them; as long as the server runs."),
  trailStepCount: own(50, "So many steps of each, the last ones."),
  trailMs: own(86_400_000, "For so long after the last one."),
  trailSaveMs: own(1000, "How long such steps are gathered before they are written down."),
  trailSaveCount: own(500, "Events whose steps are written down at a time."),
  sourceRetryMs: own(250, "After how long a source is read again that could not be read, or whose function could not be run."),
  sourceMostRetryMs: own(5000, "The longest of these waits."),

  listPageCount: aws(50, pages.api, "Items on a page of other lists."),
  keptDeploymentCount: own(20, "Earlier deployments of a function whose packages are kept."),
  codeUrlLifetimeMs: aws(600_000, pages.getFunction, "How long GetFunction's link to a package is good."),
  cachedFunctionCount: own(10_000, "Functions held in memory for invocations."),

  asyncMaxAgeMs: aws(21_600_000, pages.async, "How old an event may become."),
  asyncFirstRetryMs: aws(1000, pages.async, "After how long an event is tried again that was throttled."),
  asyncMaxRetryMs: aws(300_000, pages.async, "The longest that it then waits, each wait being twice the last one."),
  asyncRetryAttempts: aws(2, pages.async, "How often an event is run again whose function failed."),
  asyncFunctionRetryMs: aws([60_000, 120_000], pages.async, "How long after each failure."),
  asyncInFlightCount: own(256, "Events that run at once."),
  asyncInFlightPerFunctionCount: own(32, "Events of one function that run at once."),
  asyncInFlightBusyCount: own(2, "Events that run while the server's main thread is busy."),
  asyncBusyPart: own(0.9, "From which part of its time on it counts as busy."),
  asyncBusyLookMs: own(100, "How often that is looked at."),
  asyncReadyCount: own(20_000, "Events ready to run that are known in memory; further ones wait in the database."),
  asyncHeldPayloadBytes: own(67_108_864, "Payloads of waiting events held in memory; further ones are read again when their turn comes."),
  asyncReadCount: own(100, "Events read from the database at a time."),

  roleSessionSeconds: own(3600, "How long credentials of an execution role are good."),
  logLingerMs: own(50, "How long log lines are gathered before they are written."),
  logBatchBytes: aws(1_048_576, pages.putLogEvents, "Log lines written at a time."),
  logBatchCount: aws(10_000, pages.putLogEvents, "The same, in lines."),
  logEventBytes: aws(262_144, pages.logQuotas, "A log line."),
  logEventOverheadBytes: aws(26, pages.putLogEvents, "What CloudWatch Logs counts for each line beyond its text."),
  logQueueBytes: own(67_108_864, "Lines waiting to be written, over all functions; what comes on top is dropped."),
  logKnownStreamCount: own(10_000, "Log streams remembered as made."),
  logAttemptCount: own(4, "How often lines are tried to be written."),
  logRetryMs: own(250, "How long after a failure they are tried again."),
} as const;

type Table = typeof limitTable;

/** The bounds that are in force, by name. */
export type LambdaLimits = {
  readonly [Name in keyof Table]: Table[Name]["bound"] extends number ? number : readonly number[];
};

/** AWS's defaults. */
export const defaultLimits = Object.fromEntries(
  Object.entries(limitTable).map(([name, { bound }]) => [name, bound]),
) as unknown as LambdaLimits;
