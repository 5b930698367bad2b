import { attributeProblem, attributesOf, type AttributeDraft } from "../../sqs/messages/message-attributes.ts";
import { isFifoTopic, isJsonObject } from "../topic-facts.ts";

/** A message as it is typed. */
export interface MessageDraft {
  readonly subject: string;
  readonly body: string;
  /** The body is JSON with a text for each protocol. */
  readonly isPerProtocol: boolean;
  readonly groupId: string;
  readonly deduplicationId: string;
  readonly attributes: readonly AttributeDraft[];
}

export const emptyMessage: MessageDraft = {
  subject: "",
  body: "",
  isPerProtocol: false,
  groupId: "",
  deduplicationId: "",
  attributes: [],
};

/** A body for each protocol, to begin with. */
export const perProtocolBody = (text: string): string =>
  JSON.stringify({ default: text || "Sample fallback message", email: "For e-mail", sqs: "For queues", lambda: "For functions" }, null, 2);

/** What is wrong with the fields, by their names. */
export type MessageProblems = Partial<Record<keyof MessageDraft, string>>;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export function problemsOf(draft: MessageDraft, topicName: string): MessageProblems {
  return {
    ...(draft.subject.length > 100 && { subject: "At most 100 characters." }),
    ...(draft.body === "" && { body: "A message has a body." }),
    ...(draft.isPerProtocol && !hasDefault(draft.body) && { body: "A JSON object with the member default is needed." }),
    ...(isFifoTopic(topicName) && draft.groupId === "" && { groupId: "A message to a FIFO topic has a group." }),
    ...(draft.attributes.some((_, index) => attributeProblem(draft.attributes, index) !== undefined) && { attributes: "See above." }),
  };
}

const hasDefault = (body: string): boolean => isJsonObject(body) && "default" in (JSON.parse(body) as object);

/** What Publish is asked for. */
export const requestOf = (TopicArn: string, draft: MessageDraft) => ({
  TopicArn,
  Message: draft.body,
  ...(draft.subject !== "" && { Subject: draft.subject }),
  ...(draft.isPerProtocol && { MessageStructure: "json" }),
  ...(draft.groupId !== "" && { MessageGroupId: draft.groupId }),
  ...(draft.deduplicationId !== "" && { MessageDeduplicationId: draft.deduplicationId }),
  ...(draft.attributes.length > 0 && { MessageAttributes: attributesOf(draft.attributes) }),
});
