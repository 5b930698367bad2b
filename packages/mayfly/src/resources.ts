import type { BlobStore, Models } from "@mayfly/db";
import type { EngineWorker } from "@mayfly/engine";
import type { Clock, TrailReader } from "@mayfly/kernel";
import type { FunctionCode, Lambda } from "@mayfly/lambda";
import type { Runtimes } from "@mayfly/runtimes";
import type { Drafts } from "./drafts.ts";
import type { KeptInvocations } from "./replay/kept-invocations.ts";
import type { Sealer } from "./replay/kept-row.ts";
import type { ConsoleSessions } from "./sessions/console-sessions.ts";

/** Facts about the server that do not change while it runs. */
export interface ServerFacts {
  readonly version: string;
  readonly region: string;
  readonly auth: "strict" | "open";
  /** How well functions are kept apart, and what is missing for it to be full. */
  readonly isolation: { readonly level: string; readonly lacking: string | undefined };
  /** What functions reach, and why it is less than was asked for. */
  readonly network: { readonly reach: "none" | "public" | "all"; readonly lacking?: string };
  readonly startedAtMs: number;
}

/** A mail that a topic sent. `id` grows with the order of sending. */
export interface SentMail {
  readonly id: number;
  readonly sentAtMs: number;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Notification, SubscriptionConfirmation or UnsubscribeConfirmation. */
  readonly kind: string;
  readonly messageId: string;
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly confirmUrl?: string;
  readonly unsubscribeUrl?: string;
}

/** Where mails lie that topics sent. */
interface Outbox {
  /** Newest first, those before `beforeId`. */
  list(
    scope: { readonly accountId: string; readonly region: string },
    beforeId: number | undefined,
    count: number,
  ): Promise<readonly SentMail[]>;
}

/** What the service is given. */
export interface MayflyGiven {
  readonly models: Models;
  readonly blobs: BlobStore;
  readonly sessions: ConsoleSessions;
  readonly functionCode: FunctionCode;
  readonly eventQueue: Lambda["eventQueue"];
  readonly trail: TrailReader;
  readonly outbox: Outbox;
  readonly runtimes: Runtimes;
  /** To be looked at only. */
  readonly engine: Pick<EngineWorker, "status" | "usage">;
  readonly server: ServerFacts;
  readonly clock: Clock;
  /** Seals what is kept of invocations. */
  readonly sealer: Sealer;
  /** Takes a line for the server's own log. */
  readonly onProblem: (line: string) => void;
}

/** What the operations work with. */
export interface MayflyResources extends MayflyGiven {
  readonly drafts: Drafts;
  readonly kept: KeptInvocations;
}
