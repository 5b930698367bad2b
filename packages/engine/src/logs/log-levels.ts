import type { ApplicationLogLevel, FunctionTarget } from "../types.ts";

/** What of a target decides which lines its log has. */
export type LogSource = Pick<FunctionTarget, "functionVersion" | "logFormat" | "applicationLogLevel" | "systemLogLevel">;

/** Levels by how much they matter. */
export const levelRanks: Readonly<Record<ApplicationLogLevel, number>> = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };

// Python's names for two of them.
const ranksByName: ReadonlyMap<string, number> = new Map([
  ...Object.entries(levelRanks),
  ["WARNING", levelRanks.WARN],
  ["CRITICAL", levelRanks.FATAL],
]);
const timestampKeys = ["timestamp", "Timestamp", "time", "Time", "@timestamp"];
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** The level that a line of JSON claims; INFO if it has none, or no valid time, or is no JSON. */
function rankOf(line: string): number {
  if (!line.startsWith("{")) return levelRanks.INFO;
  try {
    const record = JSON.parse(line) as Record<string, unknown>;
    const isTimed = timestampKeys.some((key) => typeof record[key] === "string" && rfc3339.test(record[key]));
    return (isTimed ? ranksByName.get(String(record["level"]).toUpperCase()) : undefined) ?? levelRanks.INFO;
  } catch {
    return levelRanks.INFO;
  }
}

/**
 * Says which lines of the code's own are kept: with the JSON format those of the function's level and above. A framed message says its rank itself.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function applicationFilter({ logFormat, applicationLogLevel }: LogSource): (line: string, rank?: number) => boolean {
  const least = levelRanks[applicationLogLevel];
  if (logFormat === "Text" || least === levelRanks.TRACE) return () => true;
  return (line, rank) => (rank || rankOf(line)) >= least;
}
