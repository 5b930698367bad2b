import { compactJson, isFifoTopic, isJsonObject, prettyJson, type SnsAttributes } from "../topic-facts.ts";
import { protocols, type Protocol } from "./protocols.ts";

/** What a filter policy is matched against. */
export type FilterScope = "MessageAttributes" | "MessageBody";

/** A subscription's form as it is filled in. */
export interface SubscriptionDraft {
  /** ARN; empty: none is chosen. */
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly isRaw: boolean;
  readonly hasFilter: boolean;
  readonly filterScope: FilterScope;
  /** JSON. */
  readonly filterPolicy: string;
  readonly hasDeadLetter: boolean;
  /** ARN; empty: none is chosen yet. */
  readonly deadLetterArn: string;
  /** JSON; empty: the topic's. */
  readonly deliveryPolicy: string;
}

/** The form's first face. */
export const newSubscription = (topicArn: string): SubscriptionDraft =>
  draftOf({ TopicArn: topicArn, Protocol: isFifoTopic(topicArn) ? "sqs" : "lambda" });

/** The form of a subscription that is there. */
export function draftOf(attributes: SnsAttributes): SubscriptionDraft {
  const redrive = JSON.parse(attributes["RedrivePolicy"] ?? "{}") as { readonly deadLetterTargetArn?: string };
  return {
    topicArn: attributes["TopicArn"] ?? "",
    protocol: attributes["Protocol"] as Protocol,
    endpoint: attributes["Endpoint"] ?? "",
    isRaw: attributes["RawMessageDelivery"] === "true",
    hasFilter: attributes["FilterPolicy"] !== undefined,
    filterScope: (attributes["FilterPolicyScope"] as FilterScope | undefined) ?? "MessageAttributes",
    filterPolicy: prettyJson(attributes["FilterPolicy"] ?? ""),
    hasDeadLetter: redrive.deadLetterTargetArn !== undefined,
    deadLetterArn: redrive.deadLetterTargetArn ?? "",
    deliveryPolicy: prettyJson(attributes["DeliveryPolicy"] ?? ""),
  };
}

export const isWeb = ({ protocol }: SubscriptionDraft): boolean => protocol === "http" || protocol === "https";

/** The attributes that a form says; an empty one is to be taken away. The scope comes before the policy that is read by it. */
const attributesOf = (draft: SubscriptionDraft): Record<string, string> => ({
  ...(protocols[draft.protocol].canBeRaw && { RawMessageDelivery: String(draft.isRaw) }),
  ...(draft.hasFilter && { FilterPolicyScope: draft.filterScope }),
  FilterPolicy: draft.hasFilter ? compactJson(draft.filterPolicy) : "",
  RedrivePolicy: draft.hasDeadLetter ? JSON.stringify({ deadLetterTargetArn: draft.deadLetterArn }) : "",
  DeliveryPolicy: isWeb(draft) ? compactJson(draft.deliveryPolicy.trim()) : "",
});

/** What Subscribe is asked for: nothing that is not set. */
export const creationOf = (draft: SubscriptionDraft) => ({
  TopicArn: draft.topicArn,
  Protocol: draft.protocol,
  Endpoint: draft.endpoint,
  Attributes: Object.fromEntries(Object.entries(attributesOf(draft)).filter(([, value]) => value !== "" && value !== "false")),
  ReturnSubscriptionArn: true,
});

/**
 * What SetSubscriptionAttributes is asked for, one after another: whatever is other than before. A filter that there is stays one all the while, also if
 * the new one is refused: a policy of attributes may be one of the body, but one of the body none of attributes, and goes before the scope changes.
 */
export function changesOf(draft: SubscriptionDraft, before: SubscriptionDraft): [name: string, value: string][] {
  const old = attributesOf(before);
  const changes = Object.entries(attributesOf(draft)).filter(([name, value]) => value !== (old[name] ?? ""));
  if (!before.hasFilter || draft.filterScope === "MessageBody") return changes;
  const isScope = ([name]: [string, string]): boolean => name === "FilterPolicyScope";
  return [...changes.filter((change) => !isScope(change)), ...changes.filter(isScope)];
}

/** What is wrong with the fields, by their names. */
export type SubscriptionProblems = Partial<Record<keyof SubscriptionDraft, string>>;

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
export function problemsOf(draft: SubscriptionDraft): SubscriptionProblems {
  const { endpoint, problem } = protocols[draft.protocol];
  const isDelivery = draft.deliveryPolicy.trim() === "" || isJsonObject(draft.deliveryPolicy);
  const found: Record<string, string | undefined> = {
    topicArn: draft.topicArn === "" ? "Choose a topic." : undefined,
    endpoint: endpoint.test(draft.endpoint) ? undefined : problem,
    filterPolicy: !draft.hasFilter || isJsonObject(draft.filterPolicy) ? undefined : "A filter policy is a JSON object.",
    deadLetterArn: draft.hasDeadLetter && draft.deadLetterArn === "" ? "Choose a queue." : undefined,
    deliveryPolicy: isDelivery ? undefined : "The delivery policy is no JSON object.",
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text !== undefined)) as SubscriptionProblems;
}
