import { createKeyLock, defineService, type Service } from "@mayfly/kernel";
import { createLongPolls } from "./messages/long-polls.ts";
import { createMoveTaskRunner } from "./move-tasks/runner.ts";
import { operations } from "./operations/index.ts";
import { createQueueDirectory } from "./queues/directory.ts";
import type { SqsGiven, SqsResources } from "./resources.ts";
import { createSweep } from "./sweep.ts";

/** SQS and what it does in the background. */
export interface Sqs {
  readonly service: Service;
  /** Starts what runs in the background. */
  start(): Promise<void>;
  /** Lets go whoever waits for messages, and ends what runs in the background. */
  close(): Promise<void>;
}

/** AWS's SQS over the given database. */
export function createSqs(given: SqsGiven): Sqs {
  const longPolls = createLongPolls(given.clock);
  const queues = createQueueDirectory(given);
  const sweep = createSweep({ ...given, queues });
  const parts = { ...given, queues, longPolls, sweep, lock: createKeyLock() };
  const resources: SqsResources = { ...parts, moveTasks: createMoveTaskRunner(parts) };
  return {
    service: defineService("sqs", operations, resources),
    async start() {
      sweep.start();
      await resources.moveTasks.resume();
    },
    async close() {
      longPolls.close();
      await Promise.all([sweep.close(), resources.moveTasks.close()]);
    },
  };
}
