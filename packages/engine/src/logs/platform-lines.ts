import type { InvocationReport } from "../types.ts";

/** How a phase failed, as REPORT and INIT_REPORT word it. */
export interface FailureStatus {
  readonly status: "timeout" | "error";
  readonly errorType?: string;
}

/** The platform's own lines. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html */
export interface PlatformLines {
  initStart(runtimeVersion: string, runtimeVersionArn: string, note: string | undefined): string;
  initReport(durationMs: number, phase: "init" | "invoke", failure: FailureStatus): string;
  start(requestId: string): string;
  end(requestId: string): string | undefined;
  timeout(requestId: string, seconds: string): string | undefined;
  report(requestId: string, report: InvocationReport, memorySizeMb: number, failure: FailureStatus | undefined): string;
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const failureText = ({ status, errorType }: FailureStatus): string =>
  `Status: ${status}${errorType === undefined ? "" : `\tError Type: ${errorType}`}`;

function textLines(version: string): PlatformLines {
  return {
    initStart: (runtimeVersion, arn, note) =>
      `INIT_START Runtime Version: ${runtimeVersion}\tRuntime Version ARN: ${arn}${note === undefined ? "" : `\tNote: ${note}`}`,
    initReport: (durationMs, phase, failure) => `INIT_REPORT Init Duration: ${ms(durationMs)}\tPhase: ${phase}\t${failureText(failure)}`,
    start: (requestId) => `START RequestId: ${requestId} Version: ${version}`,
    end: (requestId) => `END RequestId: ${requestId}`,
    timeout: (requestId, seconds) => `${new Date().toISOString()} ${requestId} Task timed out after ${seconds} seconds\n`,
    report(requestId, { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs }, memorySizeMb, failure) {
      const parts = [
        `REPORT RequestId: ${requestId}`,
        `Duration: ${ms(durationMs)}`,
        `Billed Duration: ${billedDurationMs} ms`,
        `Memory Size: ${memorySizeMb} MB`,
      ];
      if (maxMemoryUsedMb !== undefined) parts.push(`Max Memory Used: ${maxMemoryUsedMb} MB`);
      if (initDurationMs !== undefined) parts.push(`Init Duration: ${ms(initDurationMs)}`);
      if (failure !== undefined) parts.push(failureText(failure));
      return `${parts.join("\t")}\t`;
    },
  };
}

const round = (value: number): number => Number(value.toFixed(3));

function jsonLines(version: string): PlatformLines {
  const line = (type: string, record: object): string =>
    JSON.stringify({ time: new Date().toISOString(), type: `platform.${type}`, record });
  return {
    initStart: (runtimeVersion, runtimeVersionArn, note) =>
      line("initStart", { initializationType: "on-demand", phase: "init", runtimeVersion, runtimeVersionArn, note }),
    initReport: (durationMs, phase, failure) =>
      line("initReport", { initializationType: "on-demand", phase, ...failure, metrics: { durationMs: round(durationMs) } }),
    start: (requestId) => line("start", { requestId, version }),
    // JSON logs tell an end and a timeout in platform.report alone.
    end: () => undefined,
    timeout: () => undefined,
    report: (requestId, { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs }, memorySizeMB, failure) =>
      line("report", {
        requestId,
        status: failure?.status ?? "success",
        errorType: failure?.errorType,
        metrics: {
          durationMs: round(durationMs),
          billedDurationMs,
          memorySizeMB,
          maxMemoryUsedMB: maxMemoryUsedMb,
          initDurationMs: initDurationMs === undefined ? undefined : round(initDurationMs),
        },
      }),
  };
}

/** The lines in the function's log format. */
export const platformLines = (format: "Text" | "JSON", version: string): PlatformLines =>
  ({ Text: textLines, JSON: jsonLines })[format](version);
