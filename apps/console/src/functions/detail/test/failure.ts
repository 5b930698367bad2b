import type { Problem } from "../../../api/problem.ts";
import { failurePlace, type CodePlace } from "./stack-trace.ts";
import type { TestRun } from "./test-runs.ts";

/** What is known of a run that failed: the error of an invocation, or why there was none. */
export interface Failure {
  readonly functionName: string;
  /** `Runtime.ExitError`, or the code of the refusal: `TooManyRequestsException`. */
  readonly type: string;
  readonly message: string;
  /** Where in the function's code it came from. */
  readonly place?: CodePlace;
  readonly memorySizeMb?: number;
  readonly maxMemoryUsedMb?: number;
  /** Of a refusal. */
  readonly problem?: Problem;
}

/** Longest type and message that are kept for what is said in plain words; the whole answer is shown beside it. Characters. */
const most = { type: 100, message: 1_000 };

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

/** Reads a run's failure; undefined if it did not fail. */
export function failureOf({
  functionName,
  problem,
  functionError,
  errorDetails,
  payload: answer = "",
  report,
}: TestRun): Failure | undefined {
  if (problem) return { functionName, type: problem.code, message: problem.message, problem };
  if (functionError === undefined) return undefined;
  const payload = errorDetails ?? answer;
  const { errorType = "", errorMessage = "" } = readError(payload);
  const place = failurePlace(payload);
  return {
    functionName,
    type: cut(errorType, most.type),
    message: cut(errorMessage, most.message),
    ...(place && { place: { path: place.path, line: place.line } }),
    ...(report && { memorySizeMb: report.memorySizeMb, maxMemoryUsedMb: report.maxMemoryUsedMb }),
  };
}

// A function's error is what its runtime wrote, and its runtime may be anybody's.
function readError(payload: string): { readonly errorType?: string; readonly errorMessage?: string } {
  try {
    const { errorType, errorMessage } = (JSON.parse(payload) ?? {}) as Readonly<Record<string, unknown>>;
    return {
      ...(typeof errorType === "string" && { errorType }),
      ...(typeof errorMessage === "string" && { errorMessage }),
    };
  } catch {
    return {};
  }
}
