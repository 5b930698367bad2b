/** How much is measured. Everything is bounded: a full run takes about two minutes, a quick one some fifteen seconds. */
export interface BenchLimits {
  readonly callers: readonly number[];
  readonly warmUpMs: number;
  readonly runMs: number;
  readonly runCount: number;
  readonly coldStarts: number;
  readonly serverStarts: number;
  /** How often the console's first page is opened, and a function made in it. */
  readonly consoleRuns: number;
  /** The bench gives up after this. */
  readonly totalMs: number;
}

/** A run whose figures are worth keeping. */
export const fullLimits: BenchLimits = {
  callers: [1, 8, 64],
  warmUpMs: 2_500,
  runMs: 4_000,
  runCount: 50_000,
  coldStarts: 12,
  serverStarts: 5,
  consoleRuns: 5,
  totalMs: 420_000,
};

/** Enough to see that the bench works. */
export const quickLimits: BenchLimits = {
  ...fullLimits,
  warmUpMs: 300,
  runMs: 300,
  runCount: 2_000,
  coldStarts: 2,
  serverStarts: 1,
  consoleRuns: 1,
  totalMs: 120_000,
};

/** Runtimes whose warm invocations are measured. */
export const warmRuntimes: readonly string[] = ["nodejs24.x", "python3.12"];
