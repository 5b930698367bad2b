import type { SandboxExit } from "@mayfly/sandbox";
import type { FailureStatus } from "../logs/platform-lines.ts";
import type { InvocationEnd } from "../runtime-api/current-invocation.ts";
import type { InitEnd } from "../runtime-api/runtime-session.ts";

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

function exitText({ code, signal, outOfMemory }: SandboxExit): string {
  if (outOfMemory) return "Runtime exited with error: signal: killed";
  if (signal !== null) return `Runtime exited with error: signal: ${signalNames[signal] ?? signal.toLowerCase()}`;
  return code === 0 ? "Runtime exited without providing a reason" : `Runtime exited with error: exit status ${code ?? 1}`;
}

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

/** The program that the function is to run in can't be started. */
export const invalidEntrypoint = (requestId: string, problem: string): Failure => {
  const failure = shaped("Runtime.InvalidEntrypoint", `RequestId: ${requestId} Error: ${problem}`);
  return { ...failure, line: `${failure.message}\nRuntime.InvalidEntrypoint` };
};

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
  return end.kind === "error" ? reported(end.body, end.errorType) : processEnded(requestId, end.exit);
}

/** What failed in an invocation; undefined if it was answered. */
export function invocationFailure(requestId: string, end: InvocationEnd | "timeout", timeoutMs: number): Failure | undefined {
  if (end === "timeout") return timedOut(requestId, timeoutMs);
  const { reply, exit } = end;
  if (reply === undefined) return processEnded(requestId, exit ?? { code: null, signal: "SIGKILL", outOfMemory: false });
  if (reply.kind === "too-large") return responseTooLarge(reply.limitBytes);
  if (reply.kind === "response") return undefined;
  return { ...reported(reply.body, reply.errorType), ...(exit === undefined ? {} : { line: exitLine(requestId, exit) }) };
}
