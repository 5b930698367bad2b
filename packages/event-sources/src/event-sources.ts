import type { TrailEventStore } from "@mayfly/db";
import type {
  DestinationBuckets,
  DestinationQueues,
  DestinationTopics,
  EventSourceDirectory,
  ListedKind,
  MappedFunctions,
} from "@mayfly/lambda";
import { createHeldBytes } from "./engine/held-bytes.ts";
import { createKeptTrail, type KeptTrail } from "./kept-trail.ts";
import { createPollers, type Pollers } from "./engine/pollers.ts";
import { pollQueue, type QueuePollerResources } from "./sqs/queue-poller.ts";

/** What reads event sources for functions, and knows what sources there are. */
export interface EventSources {
  /** Lambda asks it before it maps a source. */
  readonly directory: EventSourceDirectory;
  /** Lambda sends it what became of asynchronous events. */
  readonly destinationQueues: DestinationQueues;
  readonly destinationTopics: DestinationTopics;
  readonly destinationBuckets: DestinationBuckets;
  /** Lambda tells it of mappings. */
  readonly pollers: Pollers;
  /** What became of what was read. */
  readonly trail: KeptTrail;
}

/** What event sources are made of. Lambda, whose functions they run, is made of them: it is asked for late. */
export type EventSourceResources = Omit<QueuePollerResources, "functions" | "held" | "trail"> & {
  readonly functions: () => MappedFunctions;
  readonly topics: DestinationTopics;
  readonly buckets: DestinationBuckets;
  readonly trailEvents: TrailEventStore;
};

/** Nothing is read before Lambda tells of a mapping. */
export function createEventSources(resources: EventSourceResources): EventSources {
  const { queues, topics, buckets, limits, clock, onProblem, trailEvents } = resources;
  const held = createHeldBytes(limits.heldEventBytes);
  const trail = createKeptTrail(
    {
      eventCount: limits.trailEventCount,
      producedCount: limits.trailProducedCount,
      stepCount: limits.trailStepCount,
      keptMs: limits.trailMs,
      saveMs: limits.trailSaveMs,
      saveCount: limits.trailSaveCount,
    },
    { store: trailEvents, clock, onProblem },
  );
  const finders: { readonly [K in ListedKind]?: EventSourceDirectory["find"] } = {
    sqs: (_kind, arn, role) => queues.find(arn, role),
  };
  const destinations: Readonly<Record<string, EventSourceDirectory["isDestination"]>> = {
    sqs: (arn, role) => queues.canSend(arn, role),
    sns: (arn, role) => topics.canPublish(arn, role),
  };
  return {
    trail,
    directory: {
      find: async (kind, arn, role) => finders[kind]?.(kind, arn, role),
      isDestination: async (arn, role) => (await destinations[arn.split(":")[2] ?? ""]?.(arn, role)) ?? false,
    },
    destinationQueues: queues,
    destinationTopics: topics,
    destinationBuckets: buckets,
    pollers: createPollers({ sqs: (mapping) => pollQueue({ ...resources, held, trail, functions: resources.functions() }, mapping) }),
  };
}
