/** How much is measured. Everything is bounded: a full run takes about five minutes, a quick one about half a minute. */
export interface BenchLimits {
  readonly callers: readonly number[];
  readonly warmUpMs: number;
  readonly runMs: number;
  readonly runCount: number;
  readonly coldStarts: number;
  readonly payloads: number;
  /** How often a URL is measured, and Invoke beside it. */
  readonly urlRounds: number;
  readonly serverStarts: number;
  /** Messages that are sent one at a time. */
  readonly queueMessages: number;
  /** Messages of a backlog. */
  readonly drainedMessages: number;
  /** How often the console's first page is opened, and a function made in it. */
  readonly consoleRuns: number;
  readonly rivalRunMs: number;
  /** Rivals that are not there yet may be fetched, which can take minutes. */
  readonly mayFetch: boolean;
  /** The bench gives up after this. */
  readonly totalMs: number;
}

/** A run whose figures are worth keeping. */
export const fullLimits: BenchLimits = {
  callers: [1, 64],
  warmUpMs: 2_000,
  runMs: 4_000,
  runCount: 50_000,
  coldStarts: 12,
  payloads: 25,
  urlRounds: 3,
  serverStarts: 5,
  queueMessages: 200,
  drainedMessages: 10_000,
  consoleRuns: 5,
  rivalRunMs: 1_500,
  mayFetch: true,
  totalMs: 900_000,
};

/** Enough to see that the bench works. */
export const quickLimits: BenchLimits = {
  ...fullLimits,
  warmUpMs: 200,
  runMs: 200,
  runCount: 2_000,
  coldStarts: 1,
  payloads: 3,
  urlRounds: 1,
  serverStarts: 1,
  queueMessages: 20,
  drainedMessages: 500,
  consoleRuns: 1,
  rivalRunMs: 200,
  mayFetch: false,
  totalMs: 180_000,
};

/** How many callers come at once to a function that has no environment yet. */
export const burstCallers = 64;

/** Callers of asynchronous invocations. */
export const eventCallers = 64;

/** A synchronous invocation's payload may have 6 MB; its answer, too. */
export const payloadBytes = 6_000_000;

/** A streamed response: what AWS lets through at once, before it holds back. */
export const streamBytes = 6_000_000;

/** Bare clients behind the floor: what the first trials of the engine had behind 64 callers. */
export const floorClients = 8;
