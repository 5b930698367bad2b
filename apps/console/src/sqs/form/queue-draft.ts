import { pairsOf, type Pair } from "../../functions/detail/configuration/pairs.ts";
import { isFifoName, type QueueAttributes } from "../queue-facts.ts";
import { durationOf, durationText, secondsOf, type Duration } from "./duration.ts";

/** A queue's form as it is filled in. */
export interface QueueDraft {
  readonly name: string;
  readonly isFifo: boolean;
  readonly visibility: Duration;
  readonly retention: Duration;
  readonly delay: Duration;
  readonly wait: Duration;
  readonly messageKib: string;
  readonly isContentDeduplicated: boolean;
  readonly isHighThroughput: boolean;
  readonly isEncrypted: boolean;
  /** JSON; empty: no policy. */
  readonly policy: string;
  readonly hasDeadLetter: boolean;
  /** ARN; empty: none is chosen yet. */
  readonly deadLetterArn: string;
  readonly maxReceives: string;
  readonly allow: RedrivePermission;
  readonly allowedArns: readonly string[];
  readonly tags: readonly Pair[];
}

/** Whose dead-letter queue a queue may be; `unset`: nothing is said, which means everybody's. */
export type RedrivePermission = "unset" | "allowAll" | "byQueue" | "denyAll";

/** What a queue of the form's first face is. */
export const newQueue: QueueDraft = draftOf("", {}, {});

/** The form of a queue that is there. */
export function draftOf(name: string, attributes: QueueAttributes, tags: Readonly<Record<string, string>>): QueueDraft {
  const seconds = (attribute: string, fallback: number): Duration => durationOf(Number(attributes[attribute] ?? fallback));
  const redrive = parse(attributes["RedrivePolicy"]);
  const allow = parse(attributes["RedriveAllowPolicy"]);
  return {
    name,
    isFifo: isFifoName(name),
    visibility: seconds("VisibilityTimeout", 30),
    retention: seconds("MessageRetentionPeriod", 345_600),
    delay: seconds("DelaySeconds", 0),
    wait: seconds("ReceiveMessageWaitTimeSeconds", 0),
    messageKib: String(Number(attributes["MaximumMessageSize"] ?? 1_048_576) / 1024),
    isContentDeduplicated: attributes["ContentBasedDeduplication"] === "true",
    isHighThroughput: attributes["FifoThroughputLimit"] === "perMessageGroupId",
    isEncrypted: attributes["SqsManagedSseEnabled"] !== "false",
    policy: attributes["Policy"] ? JSON.stringify(JSON.parse(attributes["Policy"]), null, 2) : "",
    hasDeadLetter: redrive["deadLetterTargetArn"] !== undefined,
    deadLetterArn: (redrive["deadLetterTargetArn"] as string | undefined) ?? "",
    maxReceives: String((redrive["maxReceiveCount"] as string | number | undefined) ?? 10),
    allow: (allow["redrivePermission"] as RedrivePermission | undefined) ?? "unset",
    allowedArns: (allow["sourceQueueArns"] as string[] | undefined) ?? [],
    tags: pairsOf(tags),
  };
}

function parse(text: string | undefined): Record<string, unknown> {
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** The queue's whole name: a FIFO queue's has its suffix. */
export const fullName = ({ name, isFifo }: QueueDraft): string => (isFifo && !isFifoName(name) ? `${name}.fifo` : name);

/** The attributes that a form says; an empty one is to be taken away. */
function attributesOf(draft: QueueDraft): Record<string, string> {
  const { hasDeadLetter, deadLetterArn, maxReceives, allow, allowedArns } = draft;
  return {
    VisibilityTimeout: String(secondsOf(draft.visibility)),
    MessageRetentionPeriod: String(secondsOf(draft.retention)),
    DelaySeconds: String(secondsOf(draft.delay)),
    ReceiveMessageWaitTimeSeconds: String(secondsOf(draft.wait)),
    MaximumMessageSize: String(Math.round(Number(draft.messageKib) * 1024)),
    SqsManagedSseEnabled: String(draft.isEncrypted),
    Policy: draft.policy.trim() === "" ? "" : compact(draft.policy),
    RedrivePolicy: hasDeadLetter ? JSON.stringify({ deadLetterTargetArn: deadLetterArn, maxReceiveCount: Number(maxReceives) }) : "",
    RedriveAllowPolicy:
      allow === "unset" ? "" : JSON.stringify({ redrivePermission: allow, ...(allow === "byQueue" && { sourceQueueArns: allowedArns }) }),
    ...(draft.isFifo && {
      ContentBasedDeduplication: String(draft.isContentDeduplicated),
      DeduplicationScope: draft.isHighThroughput ? "messageGroup" : "queue",
      FifoThroughputLimit: draft.isHighThroughput ? "perMessageGroupId" : "perQueue",
    }),
  };
}

function compact(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return json;
  }
}

/** What CreateQueue is asked for. */
export const creationOf = (draft: QueueDraft): Record<string, string> => ({
  ...(draft.isFifo && { FifoQueue: "true" }),
  ...Object.fromEntries(Object.entries(attributesOf(draft)).filter(([, value]) => value !== "")),
});

/** What SetQueueAttributes is asked for: whatever is other than before. */
export function changesOf(draft: QueueDraft, before: QueueDraft): Record<string, string> {
  const old = attributesOf(before);
  return Object.fromEntries(Object.entries(attributesOf(draft)).filter(([name, value]) => value !== old[name]));
}

/** What is wrong with the fields, by their names. */
export type DraftProblems = Partial<Record<keyof QueueDraft, string>>;

const between = (seconds: number, least: number, most: number): string | undefined =>
  seconds >= least && seconds <= most ? undefined : `From ${durationText(least)} to ${durationText(most)}.`;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export function problemsOf(draft: QueueDraft): DraftProblems {
  const size = Number(draft.messageKib);
  const receives = Number(draft.maxReceives);
  const found: Record<string, string | undefined> = {
    name: nameProblem(draft),
    visibility: between(secondsOf(draft.visibility), 0, 43_200),
    retention: between(secondsOf(draft.retention), 60, 1_209_600),
    delay: between(secondsOf(draft.delay), 0, 900),
    wait: between(secondsOf(draft.wait), 0, 20),
    messageKib: draft.messageKib !== "" && size >= 1 && size <= 1024 ? undefined : "From 1 to 1,024 KiB.",
    policy: draft.policy.trim() === "" || isJson(draft.policy) ? undefined : "The policy is no JSON.",
    deadLetterArn: draft.hasDeadLetter && draft.deadLetterArn === "" ? "Choose a queue." : undefined,
    maxReceives: !draft.hasDeadLetter || (Number.isInteger(receives) && receives >= 1 && receives <= 1000) ? undefined : "From 1 to 1,000.",
    allowedArns:
      draft.allow !== "byQueue" || (draft.allowedArns.length > 0 && draft.allowedArns.length <= 10) ? undefined : "Choose 1 to 10 queues.",
    tags: draft.tags.every(({ key }) => key.length >= 1 && key.length <= 128) ? undefined : "A key has 1 to 128 characters.",
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined)) as DraftProblems;
}

function nameProblem(draft: QueueDraft): string | undefined {
  const name = fullName(draft).replace(/\.fifo$/, "");
  if (!draft.isFifo && isFifoName(draft.name)) return "The name of a standard queue does not end with .fifo.";
  return /^[\w-]+$/.test(name) && fullName(draft).length <= 80 ? undefined : "Use 1 to 80 letters, numbers, hyphens and underscores.";
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
