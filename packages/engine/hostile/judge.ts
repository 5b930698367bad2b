import assert from "node:assert/strict";
import type { Allowed, Ending, Judged, OneEnding } from "./case.ts";

const words = (allowed: string | readonly string[]): readonly string[] => (typeof allowed === "string" ? [allowed] : allowed);

function isAllowed(value: unknown, allowed: Allowed): boolean {
  if (typeof allowed === "string" || Array.isArray(allowed)) return words(allowed as string | readonly string[]).includes(String(value));
  if (typeof value !== "number") return false;
  return "atMost" in allowed ? value <= allowed.atMost : value >= (allowed as { readonly atLeast: number }).atLeast;
}

/** Checks how a hostile invocation ended. @throws AssertionError that shows all of it */
export function judge(ends: Ending, outcome: Judged): void {
  const ways = [ends].flat();
  judgeOne(ways.find((way) => "error" in way === (outcome.result.functionError !== undefined)) ?? ways[0]!, outcome);
}

function judgeOne(ends: OneEnding, { result, payload }: Judged): void {
  const shown = JSON.stringify(payload)?.slice(0, 2_000);
  const log = result.logTail.toString().slice(-2_000);
  if ("error" in ends) {
    const { errorType, errorMessage } = (payload ?? {}) as { readonly errorType?: string; readonly errorMessage?: string };
    assert.equal(result.functionError, "Unhandled", `It should have failed with ${String(ends.error)}, and answered ${shown}`);
    assert.ok(words(ends.error).includes(errorType ?? ""), `It failed otherwise: ${shown}\n${log}`);
    if (ends.message !== undefined) assert.match(errorMessage ?? "", ends.message);
    return;
  }
  assert.equal(result.functionError, undefined, `It failed: ${shown}\n${log}`);
  const answers = payload as Readonly<Record<string, unknown>>;
  assert.deepEqual(Object.keys(answers).sort(), Object.keys(ends.answers).sort(), "The attempts");
  const wrong = Object.entries(ends.answers).filter(([name, allowed]) => !isAllowed(answers[name], allowed));
  assert.deepEqual(
    wrong.map(([name, allowed]) => `${name}: ${String(answers[name])}, not ${JSON.stringify(allowed)}`),
    [],
  );
}
