import { errorFaces, ownError } from "./error-faces.ts";
import type { Failure } from "./failure.ts";
import { otherRefusal, refusalFaces } from "./refusal-faces.ts";

/** The one thing that is worth doing after a failure. */
export type NextStep =
  | { readonly kind: "page"; readonly label: string; readonly to: string }
  | { readonly kind: "help"; readonly label: string; readonly topic: string }
  | { readonly kind: "copy"; readonly label: string; readonly text: string }
  | { readonly kind: "again"; readonly label: string };

/** A row of the table: which failures it is of, and what is said of them in plain words. */
export interface FailureFace {
  /** Error types of invocations, or codes of refusals. */
  readonly types: readonly string[];
  /** Says more exactly which of them; absent: all. */
  readonly matches?: (failure: Failure) => boolean;
  readonly headline: (failure: Failure) => string;
  /** What happened, in a sentence or two. */
  readonly happened: (failure: Failure) => string;
  readonly next: (failure: Failure) => NextStep;
}

/** The row that a failure is told by: the first that matches. */
export function faceOf(failure: Failure): FailureFace {
  const [faces, fallback] = failure.problem ? [refusalFaces, otherRefusal] : [errorFaces, ownError];
  return faces.find(({ types, matches }) => types.includes(failure.type) && (matches?.(failure) ?? true)) ?? fallback;
}
