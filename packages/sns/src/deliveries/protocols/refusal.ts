import { AccessDenied, mayPass } from "@mayfly/kernel";
import type { Attempt } from "./protocol.ts";

/** SNS still tells errors of queues by their names in the Query protocol. */
const olderNames: Readonly<Record<string, string | undefined>> = { QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue" };

/**
 * What a function's or queue's service said. What SNS itself can't mend (no such endpoint, no permission, a message that is not taken) is not tried
 * again. https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html#why-do-message-deliveries-fail
 */
export function refusal(error: unknown): Attempt {
  const { name, message, code: given = name } = error as Error & { readonly code?: string };
  const code = error instanceof AccessDenied ? "AccessDenied" : (olderNames[given] ?? given);
  return { kind: "failed", code, reason: message, isFinal: !mayPass(error) };
}
