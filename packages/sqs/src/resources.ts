import type { Database } from "@mayfly/db";
import type { Clock, EventTrail, InputOf, KeyLock, OperationName, OperationRow, OutputOf, PolicyDocument } from "@mayfly/kernel";
import type { LongPolls } from "./messages/long-polls.ts";
import type { MoveTaskRunner } from "./move-tasks/runner.ts";
import type { QueueDirectory } from "./queues/directory.ts";
import type { Sweep } from "./sweep.ts";

/** What SQS is made of. */
export interface SqsGiven {
  readonly db: Database;
  readonly clock: Clock;
  /** Reads a queue's policy, holding it to the grammar. @throws Fault */
  readonly readPolicy: (text: string) => PolicyDocument;
  /** Is told of messages that are sent, and of those that become dead letters. */
  readonly trail: EventTrail;
  /** Takes a line about a failure that no caller is told of. */
  readonly problem: (line: string) => void;
}

/** What its operations work with. */
export interface SqsResources extends SqsGiven {
  readonly queues: QueueDirectory;
  readonly longPolls: LongPolls;
  readonly sweep: Sweep;
  readonly moveTasks: MoveTaskRunner;
  /** Changes of one queue come one after the other. */
  readonly lock: KeyLock;
}

/** A row of the service's table. */
export type SqsOperation<O extends OperationName<"sqs">> = OperationRow<SqsResources, InputOf<"sqs", O>, OutputOf<"sqs", O>>;
