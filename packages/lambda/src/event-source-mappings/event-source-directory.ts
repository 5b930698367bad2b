import type { Identity } from "@mayfly/kernel";

/** A queue as a mapping cares for it. */
interface QueueFacts {
  readonly isFifo: boolean;
  readonly visibilityTimeoutSeconds: number;
}

/** What is there but tells nothing more. */
type Existing = Readonly<Record<never, never>>;

/** What is known of a source of each kind that has an ARN. */
export interface EventSourceFacts {
  readonly sqs: QueueFacts;
  readonly kinesis: Existing;
  readonly dynamodb: Existing;
  readonly mq: Existing;
  readonly msk: Existing;
  readonly documentdb: Existing;
}

/** A kind whose sources have ARNs. */
export type ListedKind = keyof EventSourceFacts;

/**
 * Where Lambda asks what an event source is. It asks as AWS does: in the name of the function's execution role, by the call that
 * would read the source.
 */
export interface EventSourceDirectory {
  /**
   * undefined if there is none.
   * @throws AccessDenied if the role may not read it
   */
  find<K extends ListedKind>(kind: K, arn: string, role: Identity): Promise<EventSourceFacts[K] | undefined>;
  /** Whether what was not processed can be sent there. @throws AccessDenied if the role may not send to it */
  isDestination(arn: string, role: Identity): Promise<boolean>;
}

/** No queues, streams or clusters, as long as no service here has any. */
export const noEventSources: EventSourceDirectory = {
  find: () => Promise.resolve(undefined),
  isDestination: () => Promise.resolve(false),
};
