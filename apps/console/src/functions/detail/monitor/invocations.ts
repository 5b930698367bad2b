import { readReport, type Report } from "../test/report.ts";

/** A line of the function's log. */
export interface LoggedLine {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
  readonly logStreamName?: string | undefined;
}

/** One invocation, as its log tells of it. */
export interface LoggedInvocation extends Report {
  /** When it ended; epoch milliseconds. */
  readonly at: number;
  readonly logStreamName: string;
  readonly failed: boolean;
}

/** What finds the lines that `invocationsOf` reads: reports, in both log formats. */
export const invocationsPattern = '?REPORT ?"platform.report"';

/** Whether a stream is the function's; a log group may be shared by several, whose streams then have their names. */
export const isStreamOf = (functionName: string, logStreamName: string): boolean =>
  /^\d{4}\/\d{2}\/\d{2}\/([^[]*)\[/.exec(logStreamName)?.[1] === functionName;

/** The version in a stream's name: `2026/11/27/[3]b1d4...`. */
export const versionOf = (logStreamName: string): string | undefined => /\[(\$LATEST|\d+)\]/.exec(logStreamName)?.[1];

/** The invocations that the lines tell of, newest first. A report says whether its invocation failed; an error that was only logged is none. */
export function invocationsOf(lines: readonly LoggedLine[]): LoggedInvocation[] {
  return lines
    .flatMap(({ message = "", timestamp = 0, logStreamName = "" }) => {
      const report = readReport(message);
      return report ? [{ ...report, at: timestamp, logStreamName, failed: report.status !== undefined }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

/** GB-seconds that an invocation is billed for. */
export const gbSeconds = ({ memorySizeMb, billedDurationMs }: Report): number => (memorySizeMb / 1024) * (billedDurationMs / 1000);

/** Invocations of a stretch of time, for plots. */
export interface Bucket {
  /** Where it begins. */
  readonly start: Date;
  readonly invocations: number;
  readonly errors: number;
  /** Those that an environment was made for. */
  readonly coldStarts: number;
  /** Of the durations; undefined if there was no invocation. Milliseconds. */
  readonly minimumMs: number | undefined;
  readonly averageMs: number | undefined;
  readonly maximumMs: number | undefined;
  readonly maxMemoryUsedMb: number | undefined;
}

/** Divides the time from `startMs` to `endMs` into `count` equal stretches. */
export function bucketsOf(invocations: readonly LoggedInvocation[], startMs: number, endMs: number, count: number): Bucket[] {
  const width = (endMs - startMs) / count;
  const groups: LoggedInvocation[][] = Array.from({ length: count }, () => []);
  for (const invocation of invocations) {
    if (invocation.at < startMs || invocation.at > endMs) continue;
    groups[Math.min(Math.floor((invocation.at - startMs) / width), count - 1)]?.push(invocation);
  }
  return groups.map((group, index) => {
    const durations = group.map(({ durationMs }) => durationMs);
    const has = group.length > 0;
    return {
      start: new Date(startMs + index * width),
      invocations: group.length,
      errors: group.filter(({ failed }) => failed).length,
      coldStarts: group.filter(({ initDurationMs }) => initDurationMs !== undefined).length,
      minimumMs: has ? Math.min(...durations) : undefined,
      averageMs: has ? durations.reduce((sum, value) => sum + value, 0) / durations.length : undefined,
      maximumMs: has ? Math.max(...durations) : undefined,
      maxMemoryUsedMb: has ? Math.max(...group.map(({ maxMemoryUsedMb }) => maxMemoryUsedMb)) : undefined,
    };
  });
}
