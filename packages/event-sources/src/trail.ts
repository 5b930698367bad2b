/** What happened to an event on its way to a function. */
export type TrailStep =
  | { readonly kind: "received"; readonly receiveCount: number }
  /** No filter speaks of it; it is gone. `why` names, for each filter, what it asked for in vain. */
  | { readonly kind: "filtered"; readonly why: readonly string[] }
  | { readonly kind: "delivered"; readonly requestId: string }
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
  | { readonly kind: "deleted" };

/** Where an event was when something happened to it. */
export interface TrailEvent {
  readonly accountId: string;
  readonly region: string;
  readonly sourceArn: string;
  /** As the source names it: a message's id. */
  readonly eventId: string;
  readonly mappingUuid: string;
  readonly functionArn: string;
}

/** Is told of every event's way. Must be quick, and never throw. */
export interface EventTrail {
  note(event: TrailEvent, step: TrailStep): void;
}

/** Nobody listens. */
export const noTrail: EventTrail = { note: () => {} };
