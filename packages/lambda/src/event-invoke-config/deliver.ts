import type { AsyncEventRow } from "@mayfly/db";
import { AccessDenied, isFault, newUuid, type CallAs, type Identity, type Principal } from "@mayfly/kernel";
import type { LambdaTarget } from "../invoke/invoke-target.ts";
import { deadLetter } from "./dead-letter.ts";
import { recordKey, type DestinationBuckets } from "./destination-buckets.ts";
import type { DestinationQueues } from "./destination-queues.ts";
import type { DestinationTopics } from "./destination-topics.ts";
import { destinationRecord, type EventEnd } from "./destination-record.ts";

/** What a delivery is made with. */
export interface DeliveryResources {
  readonly callAs: CallAs;
  readonly destinationQueues: DestinationQueues;
  readonly destinationTopics: DestinationTopics;
  readonly destinationBuckets: DestinationBuckets;
  /** Whom a function's code acts as. */
  readonly roleOf: (target: LambdaTarget) => Promise<Principal>;
  readonly onProblem: (line: string) => void;
}

/** An event that has come to its end. */
export interface EndedEvent {
  readonly event: AsyncEventRow;
  readonly end: EventEnd & { readonly nowMs: number };
}

type Send = (resources: DeliveryResources, destination: string, role: Identity, ended: EndedEvent) => Promise<unknown>;

/** How the record of an event gets to a destination, by the service that has it. */
const senders: Readonly<Record<string, Send>> = {
  lambda: ({ callAs }, destination, role, { event, end }) =>
    callAs(role)("lambda", "Invoke", {
      FunctionName: destination,
      InvocationType: "Event",
      Payload: destinationRecord(event, end, end.nowMs),
    }),
  sqs: ({ destinationQueues }, destination, role, { event, end }) =>
    destinationQueues.send(destination, role, { body: destinationRecord(event, end, end.nowMs).toString("utf8") }),
  sns: ({ destinationTopics }, destination, role, { event, end }) =>
    destinationTopics.publish(destination, role, { body: destinationRecord(event, end, end.nowMs).toString("utf8") }),
  s3: ({ destinationBuckets }, destination, role, { event, end }) =>
    destinationBuckets.put(
      destination,
      role,
      recordKey(event.functionName, end.nowMs, newUuid()),
      destinationRecord(event, end, end.nowMs),
    ),
};

/**
 * Sends word of an event to a destination, as the execution role of the event's function. Resolves once it is on disk there, or can't be delivered: AWS
 * counts that in a metric and tells nobody else.
 * @param destination ARN of a function, queue, topic or bucket
 */
export const deliver = (resources: DeliveryResources, target: LambdaTarget, destination: string, ended: EndedEvent): Promise<void> =>
  send(resources, target, `The record of asynchronous event ${ended.event.id}`, { destination, ended, by: senders });

/** How an event itself gets to where those go that failed. */
const deadLetterSenders: Readonly<Record<string, Send>> = {
  sqs: ({ destinationQueues }, destination, role, { event, end }) => destinationQueues.send(destination, role, deadLetter(event, end)),
  sns: ({ destinationTopics }, destination, role, { event, end }) => destinationTopics.publish(destination, role, deadLetter(event, end)),
};

/** Sends an event to its function's dead-letter queue or topic; otherwise like `deliver`. */
export const deliverDeadLetter = (
  resources: DeliveryResources,
  target: LambdaTarget,
  destination: string,
  ended: EndedEvent,
): Promise<void> => send(resources, target, `Asynchronous event ${ended.event.id}`, { destination, ended, by: deadLetterSenders });

async function send(
  resources: DeliveryResources,
  target: LambdaTarget,
  what: string,
  { destination, ended, by }: { readonly destination: string; readonly ended: EndedEvent; readonly by: Readonly<Record<string, Send>> },
): Promise<void> {
  const { accountId, region } = target;
  const undelivered = (why: string): void =>
    resources.onProblem(`${what} of ${ended.event.functionName} could not be delivered to ${destination}: ${why}`);
  const sender = by[destination.split(":")[2] ?? ""];
  if (sender === undefined) return undelivered("Mayfly has no such service.");
  try {
    // The chain of functions goes on.
    const role = { principal: await resources.roleOf(target), accountId, region, traceHeader: ended.event.traceId };
    await sender(resources, destination, role, ended);
  } catch (error) {
    if (!isFault(error) && !(error instanceof AccessDenied)) throw error;
    undelivered(error.message);
  }
}
