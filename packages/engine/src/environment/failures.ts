import type { SandboxExit } from "@mayfly/sandbox";
import type { FailureStatus } from "../logs/platform-lines.ts";
import type { InvocationEnd } from "../runtime-api/current-invocation.ts";
import type { ExtensionEnd } from "../runtime-api/extensions.ts";
import type { InitEnd } from "../runtime-api/session-phases.ts";
import type { StartProblem } from "./entrypoint.ts";

/** A failure as the caller, the REPORT line and the log tell it. */
export interface Failure {
  readonly payload: Buffer;
  readonly report: FailureStatus;
  readonly message: string;
  /** A further line after REPORT. */
  readonly line?: string;
}

const signalNames: Readonly<Record<string, string>> = {
  SIGKILL: "killed",
  SIGTERM: "terminated",
  SIGSEGV: "segmentation fault",
  SIGABRT: "aborted",
  SIGBUS: "bus error",
  SIGFPE: "floating point exception",
  SIGILL: "illegal instruction",
  SIGINT: "interrupt",
  SIGHUP: "hangup",
  SIGPIPE: "broken pipe",
  SIGTRAP: "trace/breakpoint trap",
  SIGSYS: "bad system call",
};

const shaped = (errorType: string, errorMessage: string, status: FailureStatus["status"] = "error"): Failure => ({
  payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
  message: errorMessage,
  report: status === "timeout" ? { status } : { status, errorType },
});

/** AWS counts seconds with two decimals. */
export const secondsText = (ms: number): string => (ms / 1000).toFixed(2);

/** The timeout passed. */
const timedOut = (requestId: string, timeoutMs: number): Failure =>
  shaped("Sandbox.Timedout", `RequestId: ${requestId} Error: Task timed out after ${secondsText(timeoutMs)} seconds`, "timeout");

/** As Go words it, in which AWS's own is written. */
function exitWords({ code, signal, outOfMemory }: SandboxExit): string {
  if (outOfMemory) return "signal: killed";
  return signal === null ? `exit status ${code ?? 1}` : `signal: ${signalNames[signal] ?? signal.toLowerCase()}`;
}

const isCleanExit = ({ code, outOfMemory }: SandboxExit): boolean => code === 0 && !outOfMemory;

const exitText = (exit: SandboxExit): string =>
  isCleanExit(exit) ? "Runtime exited without providing a reason" : `Runtime exited with error: ${exitWords(exit)}`;

const exitType = ({ outOfMemory }: SandboxExit): string => (outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError");

/** The line that the platform logs when the runtime's process ends. */
const exitLine = (requestId: string, exit: SandboxExit): string => `RequestId: ${requestId} Error: ${exitText(exit)}\n${exitType(exit)}`;

/** The runtime's process ended without an answer. */
const processEnded = (requestId: string, exit: SandboxExit): Failure => ({
  ...shaped(exitType(exit), `RequestId: ${requestId} Error: ${exitText(exit)}`),
  line: exitLine(requestId, exit),
});

/** The function's answer is over the limit. */
const responseTooLarge = (limitBytes: number): Failure =>
  shaped("Function.ResponseSizeTooLarge", `Response payload size exceeded maximum allowed payload size (${limitBytes} bytes).`);

/** The machine has no interpreter for the runtime. */
export const runtimeMissing = (requestId: string, runtime: string, remedy: string): Failure =>
  shaped(
    "Runtime.InvalidRuntime",
    `RequestId: ${requestId} Error: This machine has no interpreter for ${runtime} or a newer version of it. To install one: ${remedy}`,
  );

/** A failure that the log tells in a line of its own. */
const told = (errorType: string, message: string): Failure => ({ ...shaped(errorType, message), line: `${message}\n${errorType}` });

/** The program that the function is to run in, or an extension's, can't be started. */
export const startFailed = (requestId: string, { errorType, problem }: StartProblem): Failure =>
  told(errorType, `RequestId: ${requestId} Error: ${problem}`);

/** An external extension's process has ended. */
const extensionEnded = (requestId: string, { errorType, exit }: ExtensionEnd): Failure =>
  told(errorType, `RequestId: ${requestId} Error: ${isCleanExit(exit) ? "exit code 0" : exitWords(exit)}`);

/** The runtime itself said what failed; its words go to the caller as they are. */
const reported = (body: Buffer, errorType: string): Failure => ({
  payload: body,
  message: errorType,
  report: { status: "error", errorType },
});

/** How INIT failed; `timeout` if the limit passed first. */
export type FailedInit = Exclude<InitEnd, { kind: "ready" }> | "timeout";

/** What an INIT that failed, within the invocation too, makes of it. */
export function initFailure(requestId: string, end: FailedInit, timeoutMs: number): Failure {
  if (end === "timeout") return timedOut(requestId, timeoutMs);
  if (end.kind === "extension") return extensionEnded(requestId, end.end);
  return end.kind === "error" ? reported(end.body, end.errorType) : processEnded(requestId, end.exit);
}

/** What failed in an invocation; undefined if it was answered. */
export function invocationFailure(requestId: string, end: InvocationEnd | "timeout", timeoutMs: number): Failure | undefined {
  if (end === "timeout") return timedOut(requestId, timeoutMs);
  const { reply, exit, extension } = end;
  if (reply === undefined && extension !== undefined) return extensionEnded(requestId, extension);
  if (reply === undefined) return processEnded(requestId, exit ?? { code: null, signal: "SIGKILL", outOfMemory: false });
  if (reply.kind === "too-large") return responseTooLarge(reply.limitBytes);
  if (reply.kind === "response") return undefined;
  return { ...reported(reply.body, reply.errorType), ...(exit === undefined ? {} : { line: exitLine(requestId, exit) }) };
}

/** What of an invocation failed that was answered already: its extensions' part. Undefined if nothing did. */
export function restFailure(requestId: string, end: ExtensionEnd | "timeout" | undefined, timeoutMs: number): Failure | undefined {
  if (end === undefined) return undefined;
  return end === "timeout" ? timedOut(requestId, timeoutMs) : extensionEnded(requestId, end);
}
