export { createEventSources, type EventSources } from "./event-sources.ts";
export { createKeptTrail } from "./kept-trail.ts";
export { localBuckets } from "./s3/local-buckets.ts";
export { localQueues } from "./sqs/local-queues.ts";
export { localTopics } from "./sns/local-topics.ts";
export type { Queues } from "./sqs/queues.ts";
export { remoteQueues } from "./sqs/remote-queues.ts";
