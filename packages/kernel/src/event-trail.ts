/** What happened to an event on its way to a function. */
export type TrailStep =
  | { readonly kind: "received"; readonly receiveCount: number }
  /** No filter speaks of it; it is gone. `why` names, for each filter, what it asked for in vain. */
  | { readonly kind: "filtered"; readonly why: readonly string[] }
  /** A topic has it for this subscription, whose filter policy speaks of it. */
  | { readonly kind: "accepted" }
  /** `requestId` is of the function's invocation; queues and HTTP endpoints have none. */
  | { readonly kind: "delivered"; readonly requestId?: string }
  /** A topic's endpoint did not take it: it is tried again at a time, or given up. */
  | { readonly kind: "refused"; readonly attempt: number; readonly reason: string; readonly again: string | undefined }
  | { readonly kind: "dead-lettered"; readonly queueArn: string }
  | { readonly kind: "given-up"; readonly reason: string }
  | { readonly kind: "throttled"; readonly attempt: number }
  /** The function could not be run, for a reason other than its concurrency. */
  | { readonly kind: "unavailable"; readonly reason: string }
  | { readonly kind: "failed"; readonly requestId: string }
  /** The function ran, and said that this one is to come again. */
  | { readonly kind: "item-failed"; readonly requestId: string }
  /** One of a chain in which the function ran too often: not run. */
  | { readonly kind: "loop" }
  /** Left to the source, which brings it again or gives it up. */
  | { readonly kind: "left" }
  /** Given back, because the server ends, before any function had it: it comes again at once. */
  | { readonly kind: "returned" }
  | { readonly kind: "deleted" };

/** Between what an event was on its way. */
export interface TrailPlace {
  readonly accountId: string;
  readonly region: string;
  readonly sourceArn: string;
  /** Of a topic: the subscription's ARN. */
  readonly mappingUuid: string;
  /** As it was mapped, with its version or alias. Of a topic: the subscription's endpoint, whatever it is. */
  readonly functionArn: string;
}

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
  /** Of the event, or of a request that it was delivered with. */
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
