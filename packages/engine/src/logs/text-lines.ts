import type { FailureStatus, PlatformLines } from "./platform-lines.ts";

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const failureText = ({ status, errorType }: FailureStatus): string =>
  `Status: ${status}${errorType === undefined ? "" : `\tError Type: ${errorType}`}`;

/** The platform's lines as plain text, which knows no levels. */
export function textLines(version: string): PlatformLines {
  return {
    initStart: (runtimeVersion, arn, note) =>
      `INIT_START Runtime Version: ${runtimeVersion}\tRuntime Version ARN: ${arn}${note === undefined ? "" : `\tNote: ${note}`}`,
    initRuntimeDone: () => undefined,
    // Told on failure only; REPORT has the duration of an INIT that went well.
    initReport: (durationMs, phase, failure) =>
      failure && `INIT_REPORT Init Duration: ${ms(durationMs)}\tPhase: ${phase}\t${failureText(failure)}`,
    extension: ({ name, state, events, errorType }) =>
      `EXTENSION\tName: ${name}\tState: ${state}\tEvents: [${events.join(", ")}]${errorType === undefined ? "" : `\tError Type: ${errorType}`}`,
    start: (requestId) => `START RequestId: ${requestId} Version: ${version}`,
    end: (requestId) => `END RequestId: ${requestId}`,
    timeout: (requestId, seconds) => `${new Date().toISOString()} ${requestId} Task timed out after ${seconds} seconds\n`,
    runtimeDone: () => undefined,
    report(requestId, { durationMs, billedDurationMs, maxMemoryUsedMb, initDurationMs }, memorySizeMb, failure) {
      const memory = maxMemoryUsedMb === undefined ? "" : `\tMax Memory Used: ${maxMemoryUsedMb} MB`;
      const init = initDurationMs === undefined ? "" : `\tInit Duration: ${ms(initDurationMs)}`;
      const status = failure === undefined ? "" : `\t${failureText(failure)}`;
      return `REPORT RequestId: ${requestId}\tDuration: ${ms(durationMs)}\tBilled Duration: ${billedDurationMs} ms\tMemory Size: ${memorySizeMb} MB${memory}${init}${status}\t`;
    },
    failure: (line) => line,
  };
}
