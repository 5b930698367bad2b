import type { EnvironmentLog } from "../logs/environment-log.ts";
import type { PlatformLines } from "../logs/platform-lines.ts";
import type { FunctionTarget, InvocationReport } from "../types.ts";
import { secondsText, type Failure } from "./failures.ts";

/** What the runtime made of an invocation. */
export interface RuntimeDone {
  readonly requestId: string;
  readonly durationMs: number;
  /** What its answer had, streamed or not. */
  readonly producedBytes: number;
  readonly failure: Failure | undefined;
}

/** Writes the platform's lines of invocations. The runtime is done before its extensions are; only then all that it took is known. */
export interface InvocationLines {
  start(requestId: string): void;
  runtimeDone(done: RuntimeDone): void;
  /** @param failure of the runtime, or of the extensions after it */
  report(requestId: string, report: InvocationReport, failure: Failure | undefined): void;
  timeout(requestId: string, failure: Failure | undefined): void;
}

export const createInvocationLines = (
  log: EnvironmentLog,
  lines: PlatformLines,
  { timeoutMs, memorySizeMb }: FunctionTarget,
): InvocationLines => ({
  start: (requestId) => log.write(lines.start(requestId)),
  timeout(requestId, failure) {
    if (failure?.report.status === "timeout") log.write(lines.timeout(requestId, secondsText(timeoutMs)));
  },
  runtimeDone({ requestId, durationMs, producedBytes, failure }) {
    this.timeout(requestId, failure);
    log.write(lines.end(requestId));
    log.write(lines.runtimeDone(requestId, durationMs, producedBytes, failure?.report));
  },
  report(requestId, report, failure) {
    log.write(lines.report(requestId, report, memorySizeMb, failure?.report));
    log.write(lines.failure(failure?.line));
    log.flush();
  },
});
