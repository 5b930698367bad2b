import type { InvokeWithResponseStreamCompleteEvent } from "@aws-sdk/client-lambda";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { decodeTail } from "./log-tail.ts";
import { readReport } from "./report.ts";
import type { TestRun } from "./test-runs.ts";

/** What comes within this is drawn together. Milliseconds. */
const drawEveryMs = 50;

/** Invokes a function and tells of its answer as it comes. Never rejects. */
export async function invokeStreaming(
  { functionName, qualifier, event }: TestRun,
  signal: AbortSignal,
  tell: (soFar: Partial<TestRun>) => void,
): Promise<Partial<TestRun> & Pick<TestRun, "status">> {
  const began = performance.now();
  const answer = createAnswer(tell);
  try {
    const output = await send(
      "lambda",
      "InvokeWithResponseStream",
      {
        FunctionName: functionName,
        ...(qualifier !== undefined && { Qualifier: qualifier }),
        LogType: "Tail",
        Payload: new TextEncoder().encode(event),
      },
      signal,
    );
    const { $metadata } = output as { $metadata?: { requestId?: string } };
    const facts = {
      ...($metadata?.requestId && { requestId: $metadata.requestId }),
      ...(output.ExecutedVersion && { executedVersion: output.ExecutedVersion }),
    };
    tell(facts);
    let complete: InvokeWithResponseStreamCompleteEvent = {};
    for await (const { PayloadChunk, InvokeComplete } of output.EventStream ?? []) {
      if (PayloadChunk?.Payload) answer.add(PayloadChunk.Payload, performance.now() - began);
      if (InvokeComplete) complete = InvokeComplete;
    }
    return { ...facts, ...answer.end(), ...ended(complete) };
  } catch (error) {
    const soFar = answer.end();
    if (signal.aborted) return { ...soFar, status: "cancelled" };
    return { ...soFar, status: "refused", problem: problemOf(error) };
  }
}

function ended({ ErrorCode, ErrorDetails, LogResult }: InvokeWithResponseStreamCompleteEvent): Partial<TestRun> & Pick<TestRun, "status"> {
  const logTail = decodeTail(LogResult);
  const report = readReport(logTail);
  return {
    status: ErrorCode ? "failed" : "succeeded",
    logTail,
    ...(report && { report }),
    ...(ErrorCode && { functionError: ErrorCode, errorDetails: ErrorDetails ?? "" }),
  };
}

/** The text of what has come; a character may be cut in two by the chunks. */
function createAnswer(tell: (soFar: Partial<TestRun>) => void) {
  const decoder = new TextDecoder();
  let payload = "";
  let firstByteMs: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soFar = (): Partial<TestRun> => (firstByteMs === undefined ? {} : { payload, firstByteMs });
  const draw = (): void => {
    timer = undefined;
    tell(soFar());
  };
  return {
    add(bytes: Uint8Array, afterMs: number): void {
      firstByteMs ??= afterMs;
      payload += decoder.decode(bytes, { stream: true });
      timer ??= setTimeout(draw, drawEveryMs);
    },
    end(): Partial<TestRun> {
      clearTimeout(timer);
      payload += decoder.decode();
      return soFar();
    },
  };
}
