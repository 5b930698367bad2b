import type { KeptAttributes } from "./attributes.ts";

/** What is kept of a message beside its body and its state: JSON in the store. */
export interface MessageMeta {
  readonly senderId: string;
  readonly md5: string;
  readonly attributes?: KeptAttributes;
  readonly traceHeader?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

/** A sequence number has 20 digits, of which SQS says no more than that they grow. */
export const sequenceNumber = (sequence: number): string => `1${String(sequence).padStart(19, "0")}`;
