import type { StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { EventTrailInfo, EventTrailStep } from "@mayfly/wire/mayfly";

/** What each kind of step is called. */
const stepTexts: Readonly<Record<string, string>> = {
  produced: "Produced",
  repeated: "Sent again: nobody gets it twice",
  taken: "Received by a consumer",
  received: "Received from the source",
  filtered: "Matched no filter",
  accepted: "Accepted for the receiver",
  delivered: "Given to the function",
  refused: "Not taken by the endpoint",
  "dead-lettered": "Sent to the dead-letter queue",
  moved: "Moved to another queue",
  "given-up": "Given up",
  throttled: "Throttled",
  unavailable: "The function could not be run",
  failed: "The function failed",
  postponed: "Tried again later",
  succeeded: "The function succeeded",
  told: "The destination was told",
  untold: "The destination could not be told",
  "item-failed": "Reported as failed by the function",
  loop: "Not run: the function ran too often in this chain",
  returned: "Given back to the source, as the server was stopped",
  left: "Left to the source, which brings it again",
  deleted: "Deleted from the source",
};

const isFunction = (arn: string): boolean => arn.includes(":lambda:");

type OnItsWay = Pick<EventTrailInfo, "SourceArn" | "FunctionArn">;

/** Whether what is delivered is an asynchronous invocation from then on, whose trail is its function's: a topic's messages and a bucket's changes. */
export const isHandedOn = ({ SourceArn, FunctionArn }: OnItsWay): boolean =>
  isFunction(FunctionArn) && ["sns", "s3"].includes(SourceArn.split(":")[2] ?? "");

/** What a step of an event on its way to a function, or another endpoint of a topic, is called. */
export function stepText(kind: string, trail: OnItsWay): string {
  if (kind === "delivered" && isHandedOn(trail)) return "Became an asynchronous invocation";
  if (kind === "delivered" && !isFunction(trail.FunctionArn)) return "Delivered";
  return stepTexts[kind] ?? kind;
}

/** What an event went to. */
export const receiverLabel = (arn: string): string => (isFunction(arn) ? "Function" : "Endpoint");

/** Where an event comes from, in short. What a function was invoked with asynchronously comes from nowhere else. */
export const sourceOf = ({ SourceArn }: Pick<EventTrailInfo, "SourceArn">): string =>
  isFunction(SourceArn) ? "Asynchronous invocation" : (SourceArn.split(":").at(-1) ?? "");

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

/** Steps that end the way of a topic's message. */
const ends: Readonly<Record<string, readonly [type: StatusIndicatorProps.Type, text: string]>> = {
  "dead-lettered": ["warning", "Dead-lettered"],
  moved: ["success", "Moved"],
  "given-up": ["error", "Given up"],
  refused: ["warning", "Tried again"],
  postponed: ["warning", "Tried again"],
  succeeded: ["success", "Handled"],
  produced: ["pending", "Received by nobody yet"],
  taken: ["warning", "Taken by a consumer"],
};

/** What an event's end was told to is not its end, and that it was sent again changes nothing. */
const isAside = ({ Kind }: EventTrailStep): boolean => ["told", "untold", "repeated"].includes(Kind);

/** What an event went to, in short: a function with its qualifier, a queue, an address. */
export function receiverOf(arn: string): string {
  if (arn === "") return "-";
  const parts = arn.split(":");
  if (parts[0] !== "arn") return arn;
  return parts.slice(parts[2] === "lambda" ? 6 : 5).join(":");
}

/** What came of an event, by its steps. */
export function outcomeOf({ Steps }: Pick<EventTrailInfo, "Steps">): Outcome {
  const last = Steps.findLast((step) => !isAside(step))?.Kind;
  const reason = (kind: string): string | undefined => detailOf(Steps, kind);
  const refusal = refusals.find(([kind]) => Steps.some(({ Kind }) => Kind === kind));
  if (refusal) return { type: "stopped", text: refusal[1], why: reason(refusal[0]) };
  const setback = Steps.findLast(({ Kind }) => ["failed", "item-failed", "throttled", "unavailable"].includes(Kind));
  const setbackText = setback && (setback.Detail ?? stepTexts[setback.Kind]);
  const end = ends[last ?? ""];
  if (end) return { type: end[0], text: end[1], why: whyOf[last ?? ""]?.(Steps, setbackText) ?? reason(last ?? "") ?? reason("refused") };
  // A topic has nothing to delete when a message was taken.
  if (last === "delivered" && Steps.some(({ Kind }) => Kind === "accepted"))
    return { type: "success", text: "Delivered", why: reason("refused") };
  if (last === "deleted") return { type: "success", text: "Handled", why: attemptsText(Steps) };
  if (last === "left" || last === "returned") return { type: "warning", text: "Comes again", why: setbackText };
  return { type: "in-progress", text: "Under way", why: setback && stepTexts[setback.Kind] };
}

/** Why, where it is not the end itself that says so. */
const whyOf: Readonly<Record<string, (steps: readonly EventTrailStep[], setback: string | undefined) => string | undefined>> = {
  postponed: (_steps, setback) => setback,
  succeeded: attemptsText,
  produced: (steps) => detailOf(steps, "produced")?.replace(/^by/, "sent by"),
  taken: (steps) => detailOf(steps, "taken")?.replace(/^by /, ""),
};

const detailOf = (steps: readonly EventTrailStep[], kind: string): string | undefined =>
  steps.findLast(({ Kind }) => Kind === kind)?.Detail;

function attemptsText(steps: readonly EventTrailStep[]): string | undefined {
  const attempts = steps.filter(({ Kind }) => Kind === "delivered").length;
  return attempts > 1 ? `at attempt ${attempts}` : undefined;
}
