/** How much is measured. Everything is bounded in count and in time. */
export const limits = {
  callers: [1, 8, 64],
  requestCount: { 1: 2_000, 8: 8_000, 64: 16_000 } as Readonly<Record<number, number>>,
  warmUpCount: 512,
  loadMs: 20_000,
  coldStartCount: 5,
  coldStartMs: 15_000,
  startCount: 3,
  startMs: 30_000,
  activeMs: 15_000,
  activePollMs: 20,
  /** Processes behind the floor's front. */
  floorProcessCount: 8,
} as const;

/** The runtimes whose cold start is measured. */
export const runtimes = [
  "nodejs20.x",
  "nodejs22.x",
  "nodejs24.x",
  "python3.8",
  "python3.9",
  "python3.10",
  "python3.11",
  "python3.12",
  "python3.13",
  "python3.14",
] as const;

/** The runtimes that are measured warm. */
export const warmRuntimes = ["nodejs24.x", "python3.11"] as const;

export type RuntimeName = (typeof runtimes)[number];
