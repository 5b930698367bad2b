import { pairsOf, type Pair } from "../../functions/detail/configuration/pairs.ts";
import { compactJson, isFifoTopic, isJsonObject, prettyJson, type SnsAttributes } from "../topic-facts.ts";

/** A topic's form as it is filled in. */
export interface TopicDraft {
  readonly name: string;
  readonly isFifo: boolean;
  readonly displayName: string;
  readonly isContentDeduplicated: boolean;
  readonly isHighThroughput: boolean;
  readonly isEncrypted: boolean;
  readonly keyId: string;
  /** JSON; empty: AWS's default, the owner alone. */
  readonly policy: string;
  /** JSON; empty: AWS's default. */
  readonly deliveryPolicy: string;
  readonly tags: readonly Pair[];
}

/** What a topic of the form's first face is. */
export const newTopic: TopicDraft = draftOf("", {}, {});

/** The form of a topic that is there. */
export function draftOf(name: string, attributes: SnsAttributes, tags: Readonly<Record<string, string>>): TopicDraft {
  return {
    name,
    isFifo: isFifoTopic(name),
    displayName: attributes["DisplayName"] ?? "",
    isContentDeduplicated: attributes["ContentBasedDeduplication"] === "true",
    isHighThroughput: attributes["FifoThroughputScope"] === "MessageGroup",
    isEncrypted: Boolean(attributes["KmsMasterKeyId"]),
    keyId: attributes["KmsMasterKeyId"] ?? "alias/aws/sns",
    policy: prettyJson(attributes["Policy"] ?? ""),
    deliveryPolicy: prettyJson(attributes["DeliveryPolicy"] ?? ""),
    tags: pairsOf(tags),
  };
}

/** The topic's whole name: a FIFO topic's has its suffix. */
export const fullName = ({ name, isFifo }: TopicDraft): string => (isFifo && !isFifoTopic(name) ? `${name}.fifo` : name);

/** The attributes that a form says; an empty one is to be taken away. */
const attributesOf = (draft: TopicDraft): Record<string, string> => ({
  DisplayName: draft.displayName,
  KmsMasterKeyId: draft.isEncrypted ? draft.keyId : "",
  Policy: compactJson(draft.policy.trim()),
  DeliveryPolicy: compactJson(draft.deliveryPolicy.trim()),
  ...(draft.isFifo && {
    ContentBasedDeduplication: String(draft.isContentDeduplicated),
    FifoThroughputScope: draft.isHighThroughput ? "MessageGroup" : "Topic",
  }),
});

/** What CreateTopic is asked for. */
export const creationOf = (draft: TopicDraft): Record<string, string> => ({
  ...(draft.isFifo && { FifoTopic: "true" }),
  ...Object.fromEntries(Object.entries(attributesOf(draft)).filter(([, value]) => value !== "")),
});

/** What SetTopicAttributes is asked for, one after another: whatever is other than before. */
export function changesOf(draft: TopicDraft, before: TopicDraft): [name: string, value: string][] {
  const old = attributesOf(before);
  return Object.entries(attributesOf(draft)).filter(([name, value]) => value !== old[name]);
}

/** What is wrong with the fields, by their names. */
export type TopicProblems = Partial<Record<keyof TopicDraft, string>>;

const jsonProblem = (text: string, what: string): string | undefined =>
  text.trim() === "" || isJsonObject(text) ? undefined : `The ${what} is no JSON object.`;

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export function problemsOf(draft: TopicDraft): TopicProblems {
  const found: Record<string, string | undefined> = {
    name: nameProblem(draft),
    displayName: draft.displayName.length <= 100 ? undefined : "At most 100 characters.",
    keyId: !draft.isEncrypted || draft.keyId !== "" ? undefined : "A key is needed.",
    policy: jsonProblem(draft.policy, "policy"),
    deliveryPolicy: jsonProblem(draft.deliveryPolicy, "delivery policy"),
    tags: draft.tags.every(({ key }) => key.length >= 1 && key.length <= 128) ? undefined : "A key has 1 to 128 characters.",
  };
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined)) as TopicProblems;
}

function nameProblem(draft: TopicDraft): string | undefined {
  if (!draft.isFifo && isFifoTopic(draft.name)) return "The name of a standard topic does not end with .fifo.";
  const base = fullName(draft).replace(/\.fifo$/, "");
  return /^[\w-]+$/.test(base) && fullName(draft).length <= 256 ? undefined : "Use 1 to 256 letters, numbers, hyphens and underscores.";
}
