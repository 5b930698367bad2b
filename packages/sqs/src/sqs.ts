import { createKeyLock, defineService, type Service } from "@mayfly/kernel";
import { operations } from "./operations/index.ts";
import { createQueueDirectory } from "./queues/directory.ts";
import type { SqsGiven, SqsResources } from "./resources.ts";

/** SQS and what it does in the background. */
export interface Sqs {
  readonly service: Service;
}

/** AWS's SQS over the given database. */
export function createSqs(given: SqsGiven): Sqs {
  const resources: SqsResources = { ...given, queues: createQueueDirectory(given), lock: createKeyLock() };
  return { service: defineService("sqs", operations, resources) };
}
