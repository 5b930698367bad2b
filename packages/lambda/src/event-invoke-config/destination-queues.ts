import type { Identity } from "@mayfly/kernel";

/** What a queue is sent. */
export interface QueueMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, QueueMessageAttribute>>;
  /** Of a FIFO queue's message. */
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** A message's attribute; bytes are of type Binary. */
interface QueueMessageAttribute {
  readonly dataType: string;
  readonly value: string | Uint8Array;
}

/** Queues that take what became of asynchronous events. Lambda sends as AWS does: in the name of the function's execution role. */
export interface DestinationQueues {
  /** Whether there is such a queue. @throws AccessDenied if the role may not send to it */
  canSend(arn: string, role: Identity): Promise<boolean>;
  /** Resolves when the queue has the message, with its id. @throws Fault or AccessDenied if it does not take it */
  send(arn: string, role: Identity, message: QueueMessage): Promise<string>;
}

/** FIFO queues and topics are neither destinations nor dead-letter targets of functions. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
export const isFifo = (arn: string): boolean => arn.endsWith(".fifo");

/** No queues at all. */
export const noDestinationQueues: DestinationQueues = {
  canSend: () => Promise.resolve(false),
  send: (arn) => Promise.reject(new Error(`There is no ${arn}.`)),
};
