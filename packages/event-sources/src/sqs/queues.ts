import type { Identity } from "@mayfly/kernel";
import type { DestinationQueues, QueueMessage } from "@mayfly/lambda";
import type { ChangeMessageVisibilityBatchRequestEntry, Message, SendMessageRequest } from "@mayfly/wire/sqs";

/** What is asked of a queue. */
interface Receive {
  readonly count: number;
  /** How long an empty queue is waited for. */
  readonly waitSeconds: number;
  /** Once aborted, nothing is taken any more. */
  readonly signal: AbortSignal;
}

/** A message as whoever deletes it names it. */
export interface Receipt {
  readonly messageId: string;
  readonly receiptHandle: string;
}

/** A queue to be read, wherever it is. */
export interface Queue {
  receive(receive: Receive): Promise<readonly Message[]>;
  /** At most ten. @throws if one of them could not be deleted */
  delete(receipts: readonly Receipt[]): Promise<void>;
  /** At most ten: they may be received again at once. @throws if one of them could not be given back */
  giveBack(receipts: readonly Receipt[]): Promise<void>;
  visibilityTimeoutSeconds(): Promise<number>;
}

/** Where queues are. */
export interface Queues extends DestinationQueues {
  /** @param identity whom the queue is read as; asked at each call */
  open(arn: string, identity: () => Promise<Identity>): Queue;
  /** What Lambda asks about a queue before it maps it; undefined if there is none. @throws AccessDenied */
  find(arn: string, identity: Identity): Promise<{ readonly isFifo: boolean; readonly visibilityTimeoutSeconds: number } | undefined>;
}

/** The parts of a queue's ARN; its resource is the name. */
export function queueName(arn: string): { readonly accountId: string; readonly region: string; readonly name: string } {
  const [, , , region = "", accountId = "", name = ""] = arn.split(":");
  return { accountId, region, name };
}

export const isFifoArn = (arn: string): boolean => arn.endsWith(".fifo");

const noQueueCodes = new Set(["AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"]);

/** True of an error that says that there is no such queue, whoever worded it. */
export function isNoQueue(error: unknown): boolean {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return [code, name].some((word) => typeof word === "string" && noQueueCodes.has(word));
}

/** Messages of which something could not be done. */
type Failed = readonly { readonly Code?: string | undefined; readonly Message?: string | undefined }[];

/** @throws Error naming the first that was not deleted */
export function checkDeleted(failed: Failed = []): void {
  const [first] = failed;
  if (first !== undefined) throw new Error(`${failed.length} messages could not be deleted: ${first.Message ?? first.Code}`);
}

/** @throws Error naming the first that was not given back */
export function checkGivenBack(failed: Failed = []): void {
  const [first] = failed;
  if (first !== undefined) throw new Error(`${failed.length} messages could not be given back: ${first.Message ?? first.Code}`);
}

/** Receipts as a batch of changes that make messages visible at once. */
export const visibleAtOnce = (receipts: readonly Receipt[]): ChangeMessageVisibilityBatchRequestEntry[] =>
  receipts.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: 0 }));

/** A message as SendMessage takes it, but for its queue. */
type Sendable = Omit<SendMessageRequest, "QueueUrl">;

export const sendable = ({ body, attributes = {}, groupId, deduplicationId }: QueueMessage): Sendable => ({
  MessageBody: body,
  MessageAttributes: Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, value }]) => [
      name,
      { DataType: dataType, ...(typeof value === "string" ? { StringValue: value } : { BinaryValue: value }) },
    ]),
  ),
  ...(groupId !== undefined && { MessageGroupId: groupId }),
  ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
});
