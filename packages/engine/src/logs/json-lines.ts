import type { InitializationType, SystemLogLevel } from "../types.ts";
import { levelRanks } from "./log-levels.ts";
import type { FailureStatus, PlatformLines } from "./platform-lines.ts";

const round = (value: number): number => Number(value.toFixed(3));

/**
 * The platform's lines as JSON, those of the function's system log level and above.
 * Schema: https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 * Levels: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html ("System log level event mapping")
 */
export function jsonLines(version: string, least: SystemLogLevel, initializationType: InitializationType): PlatformLines {
  const line = (level: SystemLogLevel, type: string, record: object): string | undefined =>
    levelRanks[level] < levelRanks[least]
      ? undefined
      : JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record });
  const levelOf = (success: SystemLogLevel, failure: FailureStatus | undefined): SystemLogLevel => (failure ? "WARN" : success);
  const outcome = (failure: FailureStatus | undefined): object => failure ?? { status: "success" };
  return {
    initStart: (runtimeVersion, runtimeVersionArn, note) =>
      line("INFO", "initStart", { initializationType, phase: "init", runtimeVersion, runtimeVersionArn, note }),
    initRuntimeDone: (phase, failure) =>
      line(levelOf("DEBUG", failure), "initRuntimeDone", { initializationType, phase, ...outcome(failure) }),
    initReport: (durationMs, phase, failure) =>
      line(levelOf("DEBUG", failure), "initReport", {
        initializationType,
        phase,
        ...outcome(failure),
        metrics: { durationMs: round(durationMs) },
      }),
    extension: ({ name, state, events, errorType }) => line("INFO", "extension", { name, state, events, errorType }),
    start: (requestId) => line("INFO", "start", { requestId, version }),
    // JSON tells an end, a timeout and an exit in platform.runtimeDone and platform.report.
    end: () => undefined,
    timeout: () => undefined,
    runtimeDone: (requestId, durationMs, producedBytes, failure) =>
      line(levelOf("DEBUG", failure), "runtimeDone", {
        requestId,
        ...outcome(failure),
        metrics: { durationMs: round(durationMs), producedBytes },
      }),
    report: (requestId, { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs }, memorySizeMB, failure) =>
      line(levelOf("INFO", failure), "report", {
        requestId,
        ...outcome(failure),
        metrics: {
          durationMs: round(durationMs),
          billedDurationMs,
          memorySizeMB,
          maxMemoryUsedMB: maxMemoryUsedMb,
          initDurationMs: initDurationMs === undefined ? undefined : round(initDurationMs),
        },
      }),
    failure: () => undefined,
  };
}
