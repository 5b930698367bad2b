import type { Database } from "@mayfly/db";
import type {
  CallAs,
  Clock,
  EventTrail,
  Identity,
  InputOf,
  KeyLock,
  MayCall,
  OperationName,
  OperationRow,
  OutputOf,
  PolicyDocument,
} from "@mayfly/kernel";
import type { S3Operations } from "@mayfly/wire/s3";
import type { BucketDirectory } from "./buckets/directory.ts";
import type { Notifier } from "./notifications/notifier.ts";
import type { ContentFiles } from "./objects/content-files.ts";

/** Queues, wherever they are. */
interface NotifiedQueues {
  /** Whether there is such a queue. @throws AccessDenied */
  canSend(arn: string, identity: Identity): Promise<boolean>;
  send(arn: string, identity: Identity, message: { readonly body: string }): Promise<string>;
}

/** Topics. */
interface NotifiedTopics {
  /** Whether there is such a topic. @throws AccessDenied */
  canPublish(arn: string, identity: Identity): Promise<boolean>;
}

/** What S3 is made of. */
export interface S3Given {
  readonly db: Database;
  readonly clock: Clock;
  /** Reads a bucket's policy, holding it to the grammar. @throws Fault */
  readonly readPolicy: (text: string) => PolicyDocument;
  /** Tells functions, queues and topics of events in S3's own name, and asks whether it may. */
  readonly callAs: CallAs;
  readonly mayCall: MayCall;
  readonly queues: NotifiedQueues;
  readonly topics: NotifiedTopics;
  /** Is told of each event's way. */
  readonly trail: EventTrail;
  /** Takes a line about a failure that no caller is told of. */
  readonly problem: (line: string) => void;
}

/** What its operations work with. */
export interface S3Resources extends S3Given {
  readonly buckets: BucketDirectory;
  readonly files: ContentFiles;
  readonly notifier: Notifier;
  /** Changes of one bucket's settings come one after the other. */
  readonly lock: KeyLock;
}

/** A row of the service's table. */
export type S3Operation<O extends OperationName<"s3"> & keyof S3Operations> = OperationRow<
  S3Resources,
  InputOf<"s3", O>,
  OutputOf<"s3", O>
>;
