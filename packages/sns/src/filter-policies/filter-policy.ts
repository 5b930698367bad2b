import type { PublishedMessage } from "../messages/published-message.ts";

/** What a filter policy is about. */
export type FilterPolicyScope = "MessageAttributes" | "MessageBody";

/** A filter policy that was read and checked. */
export interface FilterPolicy {
  readonly scope: FilterPolicyScope;
  readonly text: string;
}

/** Reads a filter policy. @throws Fault InvalidParameter */
export const readFilterPolicy = (text: string, scope: FilterPolicyScope): FilterPolicy => ({ text, scope });

/** Whether a message fits. */
export const matches = (_policy: FilterPolicy, _message: PublishedMessage): boolean => true;
