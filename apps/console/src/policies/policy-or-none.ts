import { problemOf } from "../api/problem.ts";

/** A policy's text, or null where there is none: that is an answer here, not an error. */
export async function policyOrNone(answer: Promise<{ readonly Policy?: string | undefined }>): Promise<string | null> {
  try {
    return (await answer).Policy ?? null;
  } catch (error) {
    if (problemOf(error).kind === "not-found") return null;
    throw error;
  }
}
