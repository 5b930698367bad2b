import type { ReceiptOutcome } from "@mayfly/db";
import type { Fault } from "@mayfly/kernel";
import { invalidValue } from "../faults.ts";
import { limits } from "../limits.ts";

/** Why a message could not be deleted; undefined if it is gone, or was received anew since, which SQS does not tell. */
export function deletionFault(outcome: ReceiptOutcome, handle: string, isFifo: boolean): Fault | undefined {
  const isExpired = isFifo && (outcome === "expired" || outcome === "stale");
  return isExpired ? invalidValue("ReceiptHandle", handle, "The receipt handle has expired.") : undefined;
}

/** Why a message's visibility could not be changed. */
export function visibilityFault(outcome: ReceiptOutcome, handle: string, visibilityTimeout: number): Fault | undefined {
  if (outcome === "done") return undefined;
  if (outcome === "expired") return invalidValue("ReceiptHandle", handle, "The receipt handle has expired.");
  if (outcome === "beyond-limit")
    return invalidValue(
      "VisibilityTimeout",
      visibilityTimeout,
      `Total VisibilityTimeout for the message is beyond the limit [${limits.visibilityTimeoutMs / 1000} seconds]`,
    );
  return invalidValue("ReceiptHandle", handle, "Message does not exist or is not available for visibility timeout change.");
}

/** @throws Fault InvalidParameterValue */
export function checkVisibilityTimeout(seconds: number): number {
  if (seconds < 0 || seconds * 1000 > limits.visibilityTimeoutMs)
    throw invalidValue("VisibilityTimeout", seconds, "Must be >= 0 and <= 43200, if provided.");
  return seconds * 1000;
}
