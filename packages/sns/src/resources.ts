import type { Database } from "@mayfly/db";
import type {
  CallAs,
  Clock,
  EventTrail,
  Identity,
  InputOf,
  KeyLock,
  OperationName,
  OperationRow,
  OutputOf,
  PolicyDocument,
} from "@mayfly/kernel";
import type { Deliveries } from "./deliveries/deliveries.ts";
import type { SecretFile } from "./deliveries/signing/signing-key.ts";
import type { TopicDirectory } from "./topics/directory.ts";

/** A message for a queue; its attributes' bytes are of type Binary. */
export interface QueueMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, { readonly dataType: string; readonly value: string | Uint8Array }>>;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/** Queues, wherever they are. */
interface SubscribedQueues {
  /** Resolves when the queue has the message. @throws Fault or AccessDenied if it does not take it */
  send(arn: string, identity: Identity, message: QueueMessage): Promise<string>;
}

/** What SNS is made of. */
export interface SnsGiven {
  readonly db: Database;
  readonly clock: Clock;
  /** Calls functions in SNS's own name. */
  readonly callAs: CallAs;
  readonly queues: SubscribedQueues;
  /** Is told of each message's way. */
  readonly trail: EventTrail;
  /** Where the key lies that notifications are signed with. */
  readonly signingKeyFile: SecretFile;
  /** Under which subscribers reach this server, where that is another address than its own. */
  readonly publicUrl: string | undefined;
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
