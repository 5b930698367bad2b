import type { ExtensionFacts } from "../runtime-api/extensions.ts";
import type { InitializationType, InvocationReport } from "../types.ts";
import type { LogSource } from "./log-levels.ts";
import { jsonLines } from "./json-lines.ts";
import { textLines } from "./text-lines.ts";

/** How a phase failed, as REPORT and INIT_REPORT word it. */
export interface FailureStatus {
  readonly status: "timeout" | "error";
  readonly errorType?: string;
}

/**
 * The platform's own lines; undefined where the format has no such line or the function's level leaves it out.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html
 */
export interface PlatformLines {
  initStart(runtimeVersion: string, runtimeVersionArn: string, note: string | undefined): string | undefined;
  initRuntimeDone(phase: "init" | "invoke", failure: FailureStatus | undefined): string | undefined;
  initReport(durationMs: number, phase: "init" | "invoke", failure: FailureStatus | undefined): string | undefined;
  extension(facts: ExtensionFacts): string | undefined;
  start(requestId: string): string | undefined;
  end(requestId: string): string | undefined;
  timeout(requestId: string, seconds: string): string | undefined;
  runtimeDone(requestId: string, durationMs: number, producedBytes: number, failure: FailureStatus | undefined): string | undefined;
  report(requestId: string, report: InvocationReport, memorySizeMb: number, failure: FailureStatus | undefined): string | undefined;
  /** A further line that explains a failure. */
  failure(line: string | undefined): string | undefined;
}

/** The lines in the function's log format. */
export const platformLines = (
  { logFormat, functionVersion, systemLogLevel }: LogSource,
  initializationType: InitializationType = "on-demand",
): PlatformLines => (logFormat === "JSON" ? jsonLines(functionVersion, systemLogLevel, initializationType) : textLines(functionVersion));
