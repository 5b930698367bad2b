import {
  createEventSources,
  localBuckets,
  localQueues,
  localTopics,
  remoteQueues,
  type EventSources,
  type Queues,
} from "@mayfly/event-sources";
import type { TrailEventStore } from "@mayfly/db";
import type { Clock } from "@mayfly/kernel";
import type { MappedFunctions } from "@mayfly/lambda";
import { connectSqs } from "@mayfly/wire/remote-sqs";
import type { ServerOptions } from "../config/options.ts";
import type { Dispatcher } from "../gateway/dispatcher.ts";

/** What is needed to read event sources. */
interface Given {
  readonly options: Pick<ServerOptions, "endpoints" | "limits">;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly problem: (line: string) => void;
  readonly functions: () => MappedFunctions;
  readonly trailEvents: TrailEventStore;
}

/** What reads event sources for functions, where the options say that they are. */
export const eventSourcesOf = ({ options, dispatcher, clock, problem, functions, trailEvents }: Given): EventSources =>
  createEventSources({
    queues: queuesOf(options, dispatcher),
    topics: localTopics(dispatcher),
    buckets: localBuckets(dispatcher),
    functions,
    trailEvents,
    clock,
    limits: options.limits,
    onProblem: problem,
  });

/** This server's own, or those of the endpoint that it was told of. */
function queuesOf({ endpoints }: Given["options"], dispatcher: Dispatcher): Queues {
  const endpoint = endpoints.sqs;
  return endpoint === undefined ? localQueues(dispatcher) : remoteQueues((region) => connectSqs({ endpoint, region }));
}
