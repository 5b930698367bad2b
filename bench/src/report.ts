import { cpus, release, totalmem } from "node:os";
import type { Goal } from "./goals.ts";

type Unit = "us" | "ms" | "s" | "requests/s" | "messages/s" | "objects/s" | "MB/s" | "MiB" | "KiB" | "";

/** One measure of Mayfly beside the same of the floor. */
export interface Row {
  /** What was done: `warm Invoke nodejs24.x, 64 callers`. */
  readonly measure: string;
  /** `p50`, `p99`, `rate`, ... */
  readonly figure: string;
  readonly unit: Unit;
  readonly mayfly: number;
  /** Absent where the floor has nothing like it. */
  readonly floor?: number;
  /** Absent where none was set. */
  readonly goal?: Goal;
}

/** What is shown of a row besides what was measured. */
interface Judgement {
  readonly ofGoal?: number;
  readonly ofFloor?: number;
  readonly verdict?: "met" | "missed";
}

/** One measure of Mayfly beside the same of servers that do a part of the same. */
export interface RivalRow {
  readonly measure: string;
  readonly figure: string;
  readonly unit: Unit;
  /** By name, Mayfly's own among them; absent: it can't do it, or is not to be had. */
  readonly figures: Readonly<Record<string, number>>;
}

/** What was measured. */
export interface Measurements {
  readonly rows: readonly Row[];
  readonly rivals?: readonly RivalRow[];
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
  /** What was not measured, and why. */
  readonly notes: readonly string[];
  readonly rows: readonly (Row & Judgement)[];
  readonly rivals: readonly RivalRow[];
}

/** The machine that measures. */
export const describeMachine = (): Report["machine"] => ({
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: cpus().length,
  memoryMb: Math.round(totalmem() / 1024 / 1024),
  kernel: release(),
  node: process.version,
});

const moreIsBetter = (unit: Unit): boolean => ["requests/s", "messages/s", "MB/s"].includes(unit);

/** How a row compares with its goal and its floor. The ratio to the floor decides where there is a goal for it. */
export function judge({ unit, mayfly, floor, goal }: Row): Judgement {
  const ofFloor = floor === undefined || floor === 0 ? undefined : mayfly / floor;
  if (goal === undefined) return { ...(ofFloor !== undefined && { ofFloor }) };
  const ofGoal = mayfly / goal.figure;
  const [ratio, bound] = ofFloor !== undefined && goal.ofFloor !== undefined ? [ofFloor, goal.ofFloor] : [ofGoal, 1];
  const isMet = moreIsBetter(unit) ? ratio >= bound : ratio <= bound;
  return { ofGoal, ...(ofFloor !== undefined && { ofFloor }), verdict: isMet ? "met" : "missed" };
}

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const cell = (value: number | undefined): string => (value === undefined ? "-" : digits(value));

/** The table for people. */
export function formatRows(rows: readonly Row[]): string {
  const body = rows.map((row) => {
    const { ofGoal, ofFloor, verdict } = judge(row);
    const sign = moreIsBetter(row.unit) ? ">=" : "<=";
    const bound = row.goal?.ofFloor === undefined || ofFloor === undefined ? "" : `${sign} ${row.goal.ofFloor}`;
    return [
      row.measure,
      row.figure,
      row.unit,
      cell(row.mayfly),
      cell(row.goal?.figure),
      cell(ofGoal),
      cell(row.floor),
      cell(ofFloor),
      bound,
      verdict ?? "",
    ];
  });
  const heading = ["measure", "figure", "unit", "Mayfly", "goal", "of goal", "floor", "of floor", "must be", ""];
  return formatTable([heading, ...body], 3, 8);
}

/** The table of the rivals: each one's figure, and Mayfly's as a ratio to it. */
export function formatRivals(rows: readonly RivalRow[]): string {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))].filter((name) => name !== "Mayfly");
  const body = rows.map(({ measure, figure, unit, figures }) => [
    measure,
    figure,
    unit,
    cell(figures["Mayfly"]),
    ...names.flatMap((name) => [cell(figures[name]), cell(ratio(figures["Mayfly"], figures[name]))]),
  ]);
  const heading = ["measure", "figure", "unit", "Mayfly", ...names.flatMap((name) => [name, "ratio"])];
  return formatTable([heading, ...body], 3, heading.length);
}

const ratio = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined || other === 0 ? undefined : one / other;

/** @param numbersFrom the first column of numbers, which stand to the right */
function formatTable(lines: readonly (readonly string[])[], numbersFrom: number, numbersTo: number): string {
  const [heading = [], ...body] = lines;
  const widths = heading.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const format = (line: readonly string[]): string =>
    line
      .map((text, column) =>
        column >= numbersFrom && column < numbersTo ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [format(heading), widths.map((width) => "-".repeat(width)).join("  "), ...body.map(format)].join("\n");
}
