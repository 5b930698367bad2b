import { formatArn, parseArn, type PolicyDocument, type RequestContext } from "@mayfly/kernel";
import type { QueueSettings } from "./settings.ts";

/** An account's place in a region. */
export type Scope = Pick<RequestContext, "accountId" | "region">;

/** Names a queue. */
export interface QueueKey extends Scope {
  readonly queueName: string;
}

/** Attributes by name, as SetQueueAttributes has them. */
export type Attributes = Readonly<Record<string, string>>;

/** A queue as it is kept: immutable, replaced when it changes. */
export interface Queue extends QueueKey {
  /** Never used again by another queue: its messages are kept under it. */
  readonly id: number;
  /** Those that were set. */
  readonly attributes: Attributes;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly lastModifiedMs: number;
  readonly purgedAtMs: number | undefined;
  /** What the attributes say, ready to be used. */
  readonly settings: QueueSettings;
  readonly policy: PolicyDocument | undefined;
}

/** `arn:aws:sqs:REGION:ACCOUNT:NAME` */
export const queueArn = ({ accountId, region, queueName }: QueueKey): string =>
  formatArn({ service: "sqs", region, accountId, resource: queueName });

/** What a queue's ARN names; undefined if it is none. */
export function queueKeyOfArn(text: string): QueueKey | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "sqs" || arn.region === "" || !/^\d{12}$/.test(arn.accountId) || !/^[\w-]+(\.fifo)?$/.test(arn.resource))
    return undefined;
  return { accountId: arn.accountId, region: arn.region, queueName: arn.resource };
}

/** The URL under which the client that asks reaches a queue. */
export const queueUrl = ({ endpoint }: Pick<RequestContext, "endpoint">, { accountId, queueName }: QueueKey): string =>
  `${endpoint}/${accountId}/${queueName}`;
