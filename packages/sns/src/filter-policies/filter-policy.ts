import { compileEventPattern, EventPatternError, firstMismatch, type EventPattern } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";
import type { PublishedMessage } from "../messages/published-message.ts";
import { failedToParse } from "../subscriptions/parse-failure.ts";
import { checkComplexity, isNested, type JsonObject } from "./complexity.ts";
import { expandNames } from "./dotted-names.ts";
import { attributesEvent, bodyEvent } from "./filtered-event.ts";

/** What a filter policy is about. */
export type FilterPolicyScope = "MessageAttributes" | "MessageBody";

/** What is asked whether it fits: the text is the one that the subscription's protocol is sent. */
export type FilteredMessage = Pick<PublishedMessage, "attributes"> & { readonly text: string };

/** A filter policy that was read and checked. */
export interface FilterPolicy {
  readonly scope: FilterPolicyScope;
  readonly text: string;
  fits(message: FilteredMessage): boolean;
  /** What it asks for in vain, of a message that does not fit. */
  why(message: FilteredMessage): string;
}

/** What a policy of each scope makes of itself and of a message; a message of which it makes nothing does not fit. */
const scopes: Readonly<
  Record<
    FilterPolicyScope,
    {
      readonly pattern: (policy: JsonObject) => JsonObject;
      readonly event: (message: FilteredMessage) => JsonObject | undefined;
      readonly unreadable: string;
    }
  >
> = {
  MessageAttributes: { pattern: (policy) => policy, event: attributesEvent, unreadable: "a String.Array attribute is no JSON list" },
  MessageBody: { pattern: expandNames, event: bodyEvent, unreadable: "the message is no JSON object" },
};

/**
 * Reads a filter policy; `{}` fits every message. The grammar is that of event patterns, and so are the words of what is wrong with it, as recorded from SNS.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 * @throws Fault InvalidParameter
 */
export function readFilterPolicy(text: string, scope: FilterPolicyScope): FilterPolicy {
  const policy = parse(text);
  if (Object.keys(policy).length === 0) return { scope, text, fits: () => true, why: () => "" };
  checkComplexity(policy);
  compile(policy);
  if (scope === "MessageAttributes" && isNested(policy)) {
    throw invalidParameter("Filter policy scope MessageAttributes does not support nested filter policy");
  }
  const { pattern, event, unreadable } = scopes[scope];
  const expanded = pattern(policy);
  const compiled = compile(expanded);
  return {
    scope,
    text,
    fits(message) {
      const read = event(message);
      return read !== undefined && compiled.matches(read);
    },
    why(message) {
      const read = event(message);
      return read === undefined ? unreadable : firstMismatch(expanded, read);
    },
  };
}

function parse(text: string): JsonObject {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw invalidParameter(`FilterPolicy: ${failedToParse(text)}`);
  }
  if (typeof policy !== "object" || policy === null || Array.isArray(policy))
    throw invalidParameter("FilterPolicy: Filter is not an object");
  return policy as JsonObject;
}

function compile(policy: JsonObject): EventPattern {
  try {
    return compileEventPattern(JSON.stringify(policy));
  } catch (error) {
    if (error instanceof EventPatternError) throw invalidParameter(`FilterPolicy: ${error.message}`);
    throw error;
  }
}
