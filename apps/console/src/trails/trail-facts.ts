import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { EventTrailInfo, EventTrailStep } from "@mayfly/wire/mayfly";

/** What each kind of step is called. */
export const stepTexts: Readonly<Record<string, string>> = {
  received: "Received from the source",
  filtered: "Matched no filter",
  delivered: "Given to the function",
  throttled: "Throttled",
  unavailable: "The function could not be run",
  failed: "The function failed",
  "item-failed": "Reported as failed by the function",
  loop: "Not run: the function ran too often in this chain",
  left: "Left to the source, which brings it again",
  deleted: "Deleted from the source",
};

/** What came of an event. */
export interface Outcome {
  readonly type: StatusIndicatorProps.Type;
  readonly text: string;
  /** Why, where that is known: the clauses that were not met, the reason. */
  readonly why: string | undefined;
}

/** Steps after which no function has had the event. */
const refusals: readonly (readonly [kind: string, text: string])[] = [
  ["filtered", "Filtered out"],
  ["loop", "Stopped: loop"],
];

/** What came of an event, by its steps. */
export function outcomeOf({ Steps }: Pick<EventTrailInfo, "Steps">): Outcome {
  const last = Steps.at(-1)?.Kind;
  const reason = (kind: string): string | undefined => Steps.findLast(({ Kind }) => Kind === kind)?.Detail;
  const refusal = refusals.find(([kind]) => Steps.some(({ Kind }) => Kind === kind));
  if (refusal) return { type: "stopped", text: refusal[1], why: reason(refusal[0]) };
  if (last === "deleted") return { type: "success", text: "Handled", why: attemptsText(Steps) };
  const setback = Steps.findLast(({ Kind }) => ["failed", "item-failed", "throttled", "unavailable"].includes(Kind));
  if (last === "left") return { type: "warning", text: "Comes again", why: setback && (setback.Detail ?? stepTexts[setback.Kind]) };
  return { type: "in-progress", text: "Under way", why: setback && stepTexts[setback.Kind] };
}

function attemptsText(steps: readonly EventTrailStep[]): string | undefined {
  const attempts = steps.filter(({ Kind }) => Kind === "delivered").length;
  return attempts > 1 ? `at attempt ${attempts}` : undefined;
}
