import { randomBytes } from "node:crypto";
import { createEnvironmentLog } from "../logs/environment-log.ts";
import { logStreamName } from "../logs/log-stream-name.ts";
import { platformLines } from "../logs/platform-lines.ts";
import type { FunctionTarget, Invocation, InvocationReport, InvocationResult } from "../types.ts";
import type { Entrypoint } from "./entrypoint.ts";
import type { Failure } from "./failures.ts";
import { runtimeNotes } from "./runtime-notes.ts";
import type { ProcessResources } from "./runtime-process.ts";

/** The result of an event whose runtime can't be started at all, in the log too. */
export function runWithoutRuntime(
  { hooks, readingBudget }: Pick<ProcessResources, "hooks" | "readingBudget">,
  target: FunctionTarget,
  { requestId }: Invocation,
  failure: Failure,
  entrypoint: Entrypoint | undefined,
): InvocationResult {
  const streamName = logStreamName(new Date(), target, randomBytes(16).toString("hex"));
  const log = createEnvironmentLog(target, readingBudget, (lines) => hooks.log(target, streamName, lines));
  const lines = platformLines(target);
  const report: InvocationReport = { durationMs: 0, billedDurationMs: 0, maxMemoryUsedMb: undefined, initDurationMs: undefined };
  if (entrypoint !== undefined && "problem" in entrypoint) {
    const { version, versionArn, note } = runtimeNotes(target, entrypoint.runtime);
    log.write(lines.initStart(version, versionArn, note));
    // INIT fails, and once more within the event.
    for (const phase of ["init", "invoke"] as const) {
      for (const extension of entrypoint.extensions) log.write(lines.extension(extension));
      log.write(lines.initRuntimeDone(phase, failure.report));
      log.write(lines.initReport(0, phase, failure.report));
    }
  }
  log.startTail();
  log.write(lines.start(requestId));
  log.write(lines.failure(failure.line ?? failure.message));
  log.write(lines.end(requestId));
  log.write(lines.runtimeDone(requestId, 0, 0, failure.report));
  log.write(lines.report(requestId, report, target.memorySizeMb, failure.report));
  log.flush();
  return { payload: failure.payload, functionError: "Unhandled", logTail: log.tail(), logStreamName: streamName, report };
}
