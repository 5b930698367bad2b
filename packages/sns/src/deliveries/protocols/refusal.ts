import { AccessDenied, isFault } from "@mayfly/kernel";
import type { Attempt } from "./protocol.ts";

/** Codes of what passes: another attempt may fare better. */
const passing =
  /Throttl|TooManyRequests|ServiceUnavailable|ServiceException|InternalError|InternalFailure|ResourceConflict|ResourceNotReady|OverLimit/;

/** SNS still tells errors of queues by their names in the Query protocol. */
const olderNames: Readonly<Record<string, string | undefined>> = { QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue" };

/**
 * What a function's or queue's service said. What SNS itself can't mend (no such endpoint, no permission, a message that is not taken) is not tried
 * again. https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html#why-do-message-deliveries-fail
 */
export function refusal(error: unknown): Attempt {
  const { name, message, code: given = name } = error as Error & { readonly code?: string };
  const code = olderNames[given] ?? given;
  if (error instanceof AccessDenied) return { kind: "failed", code: "AccessDenied", reason: message, isFinal: true };
  const isFinal = isFault(error) && !passing.test(code);
  return { kind: "failed", code, reason: message, isFinal: isFinal || isRemoteRefusal(error) };
}

/** An answer of a queue at another endpoint: the SDK's error, with its status. */
const isRemoteRefusal = (error: unknown): boolean => {
  const { $metadata, name } = error as { readonly $metadata?: { readonly httpStatusCode?: number }; readonly name: string };
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && status !== 429 && !passing.test(name);
};
