/** Names of what happened, by which an event is found beside its own id. */
export interface TrailIds {
  /** Of a request: of the one that brought the event, or of the function's invocation. */
  readonly requestId?: string;
  /** Of the message that a queue or topic got. */
  readonly messageId?: string;
  /** Of an object's change. */
  readonly sequencer?: string;
}

/** What happened to an event on its way to a function. */
export type TrailStep = TrailIds &
  (
    | { readonly kind: "produced"; readonly by: string }
    /** Sent or published again under the same deduplication id: nobody gets it twice. */
    | { readonly kind: "repeated"; readonly by: string }
    /** `sentAtMs`, `sentBy`: as the source says, which may be asked when nobody remembers that the event was produced. */
    | { readonly kind: "received"; readonly receiveCount: number; readonly sentAtMs?: number; readonly sentBy?: string }
    /** Somebody received it from the queue: hidden from the others until it is deleted or its visibility timeout is over. */
    | { readonly kind: "taken"; readonly by: string; readonly receiveCount: number }
    /** No filter speaks of it; it is gone. `why` names, for each filter, what it asked for in vain. */
    | { readonly kind: "filtered"; readonly why: readonly string[] }
    /** A topic or bucket has it for this receiver, of which its filter speaks. `what`: of what is no event, but a topic's question to an endpoint. */
    | { readonly kind: "accepted"; readonly by?: string; readonly what?: string }
    /** HTTP endpoints name nothing. */
    | { readonly kind: "delivered" }
    /** The receiver did not take it: it is tried again at a time, or given up. */
    | { readonly kind: "refused"; readonly attempt: number; readonly reason: string; readonly again: string | undefined }
    | { readonly kind: "dead-lettered"; readonly queueArn: string }
    /** By a redrive: it is another message there. */
    | { readonly kind: "moved"; readonly queueArn: string }
    | { readonly kind: "given-up"; readonly reason: string }
    | { readonly kind: "throttled"; readonly attempt: number }
    /** The function could not be run, for a reason other than its concurrency. */
    | { readonly kind: "unavailable"; readonly reason: string }
    | { readonly kind: "failed" }
    /** Of an asynchronous event: it is tried again at a time. */
    | { readonly kind: "postponed"; readonly until: string }
    /** Of an asynchronous event: nothing more is to be done. */
    | { readonly kind: "succeeded" }
    /** A destination has its record. */
    | { readonly kind: "told"; readonly arn: string }
    | { readonly kind: "untold"; readonly arn: string; readonly reason: string }
    /** The function ran, and said that this one is to come again. */
    | { readonly kind: "item-failed" }
    /** One of a chain in which the function ran too often: not run. */
    | { readonly kind: "loop" }
    /** Left to the source, which brings it again or gives it up. */
    | { readonly kind: "left" }
    /** Given back, because the server ends, before any function had it: it comes again at once. */
    | { readonly kind: "returned" }
    | { readonly kind: "deleted" }
  );

/** Between what an event was on its way. */
export interface TrailPlace {
  readonly accountId: string;
  readonly region: string;
  readonly sourceArn: string;
  /** Of a topic: the subscription's ARN; of a bucket: the configuration's id; empty: what the source itself says of an event, whoever receives it. */
  readonly mappingUuid: string;
  /** As it was mapped, with its version or alias. Of a topic: the subscription's endpoint, whatever it is. Empty: nobody's yet. */
  readonly functionArn: string;
}

/** The mappingUuid of asynchronous events, which are their function's own: no source has them. */
export const asynchronousWay = "asynchronous";

/** Is told of every event's way. Must be quick, and never throw. */
export interface EventTrail {
  /** @param eventId as the source names it: a message's id */
  note(place: TrailPlace, eventId: string, step: TrailStep): void;
}

/** An event's way so far. */
export interface TrailOfEvent extends TrailPlace {
  readonly eventId: string;
  /** In order; of very many the last ones. */
  readonly steps: readonly (TrailStep & { readonly atMs: number })[];
}

/** What is wanted of the events that are known; what is undefined does not matter. */
export interface TrailQuery {
  readonly accountId: string;
  readonly region: string;
  /** Of the event, or any of `TrailIds`. */
  readonly id: string | undefined;
  /** Without version or alias. */
  readonly functionArn: string | undefined;
  readonly sourceArn: string | undefined;
}

/** Can be asked about events' ways. */
export interface TrailReader {
  /** Those to which something happened last come first. */
  find(query: TrailQuery, count: number): Promise<readonly TrailOfEvent[]>;
}
