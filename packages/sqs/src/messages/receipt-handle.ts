import type { QueueReceipt } from "@mayfly/db";
import { receiptHandleIsInvalid } from "../faults.ts";
import type { Queue } from "../queues/queue.ts";

const handleBytes = 24;

/** An opaque name for one receive of a message of a queue. */
export function encodeReceiptHandle(queueId: number, { id, receipt }: QueueReceipt): string {
  const bytes = Buffer.alloc(handleBytes);
  bytes.writeDoubleBE(queueId, 0);
  bytes.writeDoubleBE(id, 8);
  bytes.writeDoubleBE(receipt, 16);
  // Mixed with the receipt, so that handles do not look like counters.
  for (let at = 0; at < 16; at++) bytes[at] = (bytes[at] as number) ^ (bytes[16 + (at % 8)] as number) ^ (at * 37);
  return `AQEB${bytes.toString("base64")}`;
}

/** The receive that a handle names. @throws Fault ReceiptHandleIsInvalid also for another queue's */
export function decodeReceiptHandle({ id: queueId }: Queue, handle: string): QueueReceipt {
  const bytes = Buffer.from(handle.startsWith("AQEB") ? handle.slice(4) : "", "base64");
  if (bytes.length !== handleBytes) throw receiptHandleIsInvalid(handle);
  for (let at = 0; at < 16; at++) bytes[at] = (bytes[at] as number) ^ (bytes[16 + (at % 8)] as number) ^ (at * 37);
  const receipt = { id: bytes.readDoubleBE(8), receipt: bytes.readDoubleBE(16) };
  const isOurs = bytes.readDoubleBE(0) === queueId && Number.isSafeInteger(receipt.id) && Number.isSafeInteger(receipt.receipt);
  // Base64 has several texts for the same bytes; a handle is one of them.
  if (!isOurs || encodeReceiptHandle(queueId, receipt) !== handle) throw receiptHandleIsInvalid(handle);
  return receipt;
}
