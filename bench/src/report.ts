import { cpus, release, totalmem } from "node:os";

/** One measure of Mayfly beside the same of the floor. */
export interface Row {
  /** What was done: `warm Invoke nodejs24.x, 8 callers`. */
  readonly measure: string;
  /** `p50`, `p99`, `requests`, ... */
  readonly figure: string;
  readonly unit: "ms" | "requests/s" | "MiB" | "KiB";
  readonly mayfly: number;
  /** Undefined where the floor has nothing like it. */
  readonly floor: number | undefined;
}

/** What `--json` writes. */
export interface Report {
  readonly startedAt: string;
  readonly quick: boolean;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryMb: number;
    readonly kernel: string;
    readonly node: string;
  };
  /** Which interpreter served each runtime. */
  readonly runtimes: Readonly<Record<string, string>>;
  readonly missingRuntimes: readonly string[];
  readonly rows: readonly Row[];
}

/** The machine that measures. */
export const describeMachine = (): Report["machine"] => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 1024 / 1024),
  kernel: release(),
  node: process.version,
});

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

/** The table for people. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [
    ["measure", "figure", "Mayfly", "floor", "Mayfly/floor", "unit"],
    ...rows.map(({ measure, figure, unit, mayfly, floor }) => [
      measure,
      figure,
      digits(mayfly),
      floor === undefined ? "-" : digits(floor),
      floor === undefined || floor === 0 ? "-" : digits(mayfly / floor),
      unit,
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const isNumber = (column: number): boolean => column >= 2 && column <= 4;
  const format = (line: readonly string[]): string =>
    line
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const [heading = [], ...body] = lines;
  return [format(heading), widths.map((width) => "-".repeat(width)).join("  "), ...body.map(format)].join("\n");
}
