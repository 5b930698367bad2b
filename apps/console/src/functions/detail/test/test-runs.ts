import { useMemo, useSyncExternalStore } from "react";
import { problemOf, type Problem } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { invokeStreaming } from "./invoke-streaming.ts";
import { decodeTail } from "./log-tail.ts";
import { readReport, type Report } from "./report.ts";

/** How a test calls the function. */
export type InvocationType = "RequestResponse" | "Event" | "ResponseStream";

/** What is to be run. */
export interface TestRequest {
  readonly eventName: string;
  /** JSON text. */
  readonly event: string;
  readonly invocationType: InvocationType;
  /** The version or alias that is called; absent: $LATEST. */
  readonly qualifier?: string | undefined;
}

/** One run of this page's session. */
export interface TestRun extends TestRequest {
  readonly id: number;
  readonly functionName: string;
  readonly startedAt: Date;
  /** `accepted`: an asynchronous one, queued. `cancelled`: no longer waited for; the function goes on to its end. */
  readonly status: "running" | "succeeded" | "failed" | "accepted" | "cancelled" | "refused";
  /** From the click to the answer. */
  readonly tookMs?: number;
  readonly requestId?: string;
  /** What the function returned, or its error; JSON text. Of a stream: what has come so far. */
  readonly payload?: string;
  /** Of a stream that ended in an error: the error, JSON text. */
  readonly errorDetails?: string;
  /** Of a stream: how long until its first bytes. */
  readonly firstByteMs?: number;
  /** `Unhandled`, if it failed. */
  readonly functionError?: string;
  readonly executedVersion?: string;
  /** The last 4 KB of the log. */
  readonly logTail?: string;
  readonly report?: Report;
  /** Why Lambda did not run it. */
  readonly problem?: Problem;
}

/** Earlier runs than these are dropped. */
const mostRuns = 20;

let lastId = 0;
let runs: readonly TestRun[] = [];
const aborts = new Map<number, AbortController>();
const listeners = new Set<() => void>();

function change(next: readonly TestRun[]): void {
  runs = next;
  for (const listener of listeners) listener();
}

const update = (id: number, facts: Partial<TestRun>): void => change(runs.map((run) => (run.id === id ? { ...run, ...facts } : run)));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The session's runs of a function, or of a version or alias of it, newest first. */
export function useTestRuns(functionName: string, qualifier: string | undefined): readonly TestRun[] {
  const all = useSyncExternalStore(subscribe, () => runs);
  return useMemo(
    () => all.filter((run) => run.functionName === functionName && run.qualifier === qualifier),
    [all, functionName, qualifier],
  );
}

/** Invokes the function; the run is in the list at once and changes there. Resolves with the finished run and never rejects. */
export async function runTest(functionName: string, request: TestRequest): Promise<TestRun> {
  const id = ++lastId;
  const abort = new AbortController();
  aborts.set(id, abort);
  const run: TestRun = { ...request, id, functionName, startedAt: new Date(), status: "running" };
  change([run, ...runs].slice(0, mostRuns));
  const began = performance.now();
  const facts = await (request.invocationType === "ResponseStream"
    ? invokeStreaming(run, abort.signal, (soFar) => update(id, soFar))
    : invoke(run, abort.signal));
  aborts.delete(id);
  const finished = { ...facts, tookMs: performance.now() - began };
  update(id, finished);
  return { ...run, ...finished };
}

/** Stops waiting for a run. Lambda has no way to stop an invocation: it goes on to its end or its timeout. */
export function cancelRun(id: number): void {
  aborts.get(id)?.abort();
}

async function invoke(
  { functionName, qualifier, event, invocationType }: TestRun,
  signal: AbortSignal,
): Promise<Partial<TestRun> & Pick<TestRun, "status">> {
  try {
    const answer = await send(
      "lambda",
      "Invoke",
      {
        FunctionName: functionName,
        ...(qualifier !== undefined && { Qualifier: qualifier }),
        InvocationType: invocationType as "RequestResponse" | "Event",
        ...(invocationType === "RequestResponse" && { LogType: "Tail" as const }),
        Payload: new TextEncoder().encode(event),
      },
      signal,
    );
    const { $metadata } = answer as { $metadata?: { requestId?: string } };
    const requestId = $metadata?.requestId;
    if (invocationType === "Event") return { status: "accepted", ...(requestId && { requestId }) };
    const logTail = decodeTail(answer.LogResult);
    const report = readReport(logTail);
    return {
      status: answer.FunctionError ? "failed" : "succeeded",
      payload: new TextDecoder().decode(answer.Payload),
      logTail,
      ...(requestId && { requestId }),
      ...(report && { report }),
      ...(answer.FunctionError && { functionError: answer.FunctionError }),
      ...(answer.ExecutedVersion && { executedVersion: answer.ExecutedVersion }),
    };
  } catch (error) {
    if (signal.aborted) return { status: "cancelled" };
    return { status: "refused", problem: problemOf(error) };
  }
}
