import type { AsyncEventRow } from "@mayfly/db";
import {
  AccessDenied,
  isFault,
  newUuid,
  type CallAs,
  type EventTrail,
  type Identity,
  type Principal,
  type TrailIds,
  type TrailStep,
} from "@mayfly/kernel";
import type { LambdaTarget } from "../invoke/invoke-target.ts";
import { note } from "../invoke/async-trail.ts";
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
  readonly trail: EventTrail;
  readonly onProblem: (line: string) => void;
}

/** An event that has come to its end. */
export interface EndedEvent {
  readonly event: AsyncEventRow;
  readonly end: EventEnd & { readonly nowMs: number };
}

type Send = (resources: DeliveryResources, destination: string, role: Identity, ended: EndedEvent) => Promise<TrailIds>;

/** How the record of an event gets to a destination, by the service that has it. */
const senders: Readonly<Record<string, Send>> = {
  async lambda({ callAs }, destination, role, { event, end }) {
    const requestId = newUuid();
    await callAs({ ...role, requestId })("lambda", "Invoke", {
      FunctionName: destination,
      InvocationType: "Event",
      Payload: destinationRecord(event, end, end.nowMs),
    });
    return { requestId };
  },
  sqs: async ({ destinationQueues }, destination, role, { event, end }) => ({
    messageId: await destinationQueues.send(destination, role, { body: destinationRecord(event, end, end.nowMs).toString("utf8") }),
  }),
  sns: async ({ destinationTopics }, destination, role, { event, end }) => ({
    messageId: await destinationTopics.publish(destination, role, { body: destinationRecord(event, end, end.nowMs).toString("utf8") }),
  }),
  async s3({ destinationBuckets }, destination, role, { event, end }) {
    const requestId = newUuid();
    const key = recordKey(event.functionName, end.nowMs, newUuid());
    await destinationBuckets.put(destination, { ...role, requestId }, key, destinationRecord(event, end, end.nowMs));
    return { requestId };
  },
};

/**
 * Sends word of an event to a destination, as the execution role of the event's function. Resolves once it is on disk there, or can't be delivered: AWS
 * counts that in a metric and tells nobody else.
 * @param destination ARN of a function, queue, topic or bucket
 */
export const deliver = (resources: DeliveryResources, target: LambdaTarget, destination: string, ended: EndedEvent): Promise<void> =>
  send(resources, target, `The record of asynchronous event ${ended.event.id}`, {
    destination,
    ended,
    by: senders,
    sent: { kind: "told", arn: destination },
  });

/** How an event itself gets to where those go that failed. */
const deadLetterSenders: Readonly<Record<string, Send>> = {
  sqs: async ({ destinationQueues }, destination, role, { event, end }) => ({
    messageId: await destinationQueues.send(destination, role, deadLetter(event, end)),
  }),
  sns: async ({ destinationTopics }, destination, role, { event, end }) => ({
    messageId: await destinationTopics.publish(destination, role, deadLetter(event, end)),
  }),
};

/** Sends an event to its function's dead-letter queue or topic; otherwise like `deliver`. */
export const deliverDeadLetter = (
  resources: DeliveryResources,
  target: LambdaTarget,
  destination: string,
  ended: EndedEvent,
): Promise<void> =>
  send(resources, target, `Asynchronous event ${ended.event.id}`, {
    destination,
    ended,
    by: deadLetterSenders,
    sent: { kind: "dead-lettered", queueArn: destination },
  });

interface Sending {
  readonly destination: string;
  readonly ended: EndedEvent;
  readonly by: Readonly<Record<string, Send>>;
  /** What the trail is told then. */
  readonly sent: TrailStep;
}

async function send(
  resources: DeliveryResources,
  target: LambdaTarget,
  what: string,
  { destination, ended, by, sent }: Sending,
): Promise<void> {
  const { accountId, region } = target;
  const undelivered = (why: string): void => {
    note(resources, ended.event, { kind: "untold", arn: destination, reason: why });
    resources.onProblem(`${what} of ${ended.event.functionName} could not be delivered to ${destination}: ${why}`);
  };
  const sender = by[destination.split(":")[2] ?? ""];
  if (sender === undefined) return undelivered("Mayfly has no such service.");
  try {
    // The chain of functions goes on.
    const role = { principal: await resources.roleOf(target), accountId, region, traceHeader: ended.event.traceId };
    note(resources, ended.event, { ...sent, ...(await sender(resources, destination, role, ended)) });
  } catch (error) {
    if (!isFault(error) && !(error instanceof AccessDenied)) throw error;
    undelivered(error.message);
  }
}
