import type { Database } from "@mayfly/db";
import type { CallAs, Clock, InputOf, KeyLock, OperationName, OperationRow, OutputOf, PolicyDocument } from "@mayfly/kernel";
import type { Deliveries } from "./deliveries/deliveries.ts";
import type { TopicDirectory } from "./topics/directory.ts";

/** What SNS is made of. */
export interface SnsGiven {
  readonly db: Database;
  readonly clock: Clock;
  /** Calls queues and functions in SNS's own name. */
  readonly callAs: CallAs;
  /** Reads a topic's policy, holding it to the grammar. @throws Fault */
  readonly readPolicy: (text: string) => PolicyDocument;
  /** This server's own address, for links in messages. */
  readonly endpoint: () => string;
  /** Takes a line about a failure that no caller is told of. */
  readonly problem: (line: string) => void;
}

/** What its operations work with. */
export interface SnsResources extends SnsGiven {
  readonly topics: TopicDirectory;
  readonly deliveries: Deliveries;
  /** Changes of one topic and its subscriptions come one after the other. */
  readonly lock: KeyLock;
}

/** A row of the service's table. */
export type SnsOperation<O extends OperationName<"sns">> = OperationRow<SnsResources, InputOf<"sns", O>, OutputOf<"sns", O>>;
