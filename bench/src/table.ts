/** One line of the result. */
export interface Measurement {
  readonly name: string;
  readonly unit: "ms" | "req/s" | "MB";
  readonly value: number;
  /** The same of the floor in the same run; undefined where there is none. */
  readonly floor: number | undefined;
}

/** How many times worse than the floor: longer, more, or fewer a second. */
export const ratioOf = ({ unit, value, floor }: Measurement): number | undefined =>
  floor === undefined ? undefined : unit === "req/s" ? floor / value : value / floor;

/** The value that `share` of the sorted values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The measurements as a Markdown table. */
export function formatTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => {
    const ratio = ratioOf(measurement);
    const { name, unit, value, floor } = measurement;
    return [name, format(value, unit), floor === undefined ? "-" : format(floor, unit), ratio === undefined ? "-" : `${ratio.toFixed(2)}x`];
  });
  const lines = [["", "Mayfly", "floor", "times the floor"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const print = (line: readonly string[]): string => `| ${line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const [head = [], ...body] = lines.map(print);
  return [head, `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...body].join("\n");
}

const format = (value: number, unit: Measurement["unit"]): string => `${value.toFixed(unit === "ms" ? 2 : 0)} ${unit}`;
